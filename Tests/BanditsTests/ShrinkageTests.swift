import Bandits
import TestSupport
import Testing

/// The estimators with shrunk weights against obp 0.5.7 on the fixture, and the weights themselves.
@Suite struct ShrinkageTests {
  static let weighted: [(String, WeightShrinkage)] = [
    ("ipw_clip2", .clipped(at: 2)), ("ipw_clip5", .clipped(at: 5)),
    ("sgipw0.05", .subGaussian(0.05)), ("sgipw0.5", .subGaussian(0.5)),
    ("ipw", .clipped(at: .infinity)), ("ipw", .subGaussian(0)),
  ]
  static let corrected: [(String, WeightShrinkage)] = [
    ("dr_clip2", .clipped(at: 2)), ("dr_clip5", .clipped(at: 5)),
    ("switch2", .switched(above: 2)), ("switch5", .switched(above: 5)),
    ("dros2", .optimistic(2)), ("dros5", .optimistic(5)),
    ("sgdr0.05", .subGaussian(0.05)), ("sgdr0.5", .subGaussian(0.5)),
    ("dr", .switched(above: .infinity)),
  ]

  @Test(arguments: weighted)
  func importanceSampling(_ name: String, _ shrinkage: WeightShrinkage) throws {
    let fixture = try OffPolicyFixture()
    let estimate = try ShrunkImportanceSampling(shrinkage).estimate(
      fixture.target, on: fixture.log)
    #expect(relativeError(estimate.value, try fixture.expected(name)) < 1e-12)
  }

  @Test(arguments: corrected)
  func doublyRobust(_ name: String, _ shrinkage: WeightShrinkage) throws {
    let fixture = try OffPolicyFixture()
    let estimate = try ShrunkDoublyRobust(shrinkage, model: fixture.model).estimate(
      fixture.target, on: fixture.log)
    #expect(relativeError(estimate.value, try fixture.expected(name)) < 1e-12)
  }

  @Test func selfNormalizedDoublyRobust() throws {
    let fixture = try OffPolicyFixture()
    let estimate = try SelfNormalizedDoublyRobust(model: fixture.model).estimate(
      fixture.target, on: fixture.log)
    #expect(relativeError(estimate.value, try fixture.expected("sndr")) < 1e-12)
  }

  @Test(arguments: [
    WeightShrinkage.clipped(at: 3), .switched(above: 3), .optimistic(3), .subGaussian(0.3),
    .subGaussian(1),
  ])
  func weightsStayWithinTheirBounds(_ shrinkage: WeightShrinkage) {
    let weights = [0, .leastNonzeroMagnitude, 0.5, 1, 2, 3, 1e3, 1e200, .greatestFiniteMagnitude]
    #expect(shrinkage(0) == 0)
    for weight in weights {
      // A sub-Gaussian weight below one is drawn up towards one.
      #expect(shrinkage(weight) >= 0 && shrinkage(weight) <= max(weight, 1))
    }
    switch shrinkage {
    case .clipped(let limit): #expect(shrinkage(1e200) == limit)
    case .switched(let limit): #expect(shrinkage(limit) == limit && shrinkage(limit.nextUp) == 0)
    case .optimistic(let constant):
      let root = constant.squareRoot()
      #expect(abs(shrinkage(root) - root / 2) < 1e-15)
      #expect(shrinkage(1.01 * root) < shrinkage(root) && shrinkage(0.99 * root) < shrinkage(root))
    case .subGaussian(let share): #expect(shrinkage(1e200) <= 1 / share * (1 + 1e-15))
    }
  }

  @Test func theTermsOfEveryEstimatorHaveItsMeanAndError() throws {
    let fixture = try OffPolicyFixture()
    let (target, log) = (fixture.target, fixture.log)
    let estimators = EstimatorCatalogue.entries.compactMap {
      $0.make(fixture.model, 1, EvidenceFloors()) as? any TermwiseEstimator
    }
    #expect(estimators.count > 9)
    for estimator in estimators {
      let term = try estimator.terms(of: target, in: log)
      let values = (0..<log.count).map { term($0).value }
      let mean = values.reduce(0, +) / 2_000
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let estimate = try estimator.estimate(target, on: log)
      #expect(relativeError(mean, estimate.value) < 1e-12)
      #expect(relativeError((squares / 1_999 / 2_000).squareRoot(), estimate.standardError) < 1e-11)
    }
  }
}
