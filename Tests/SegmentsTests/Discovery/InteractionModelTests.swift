import LinearAlgebra
import Segments
import TestSupport
import Testing

@Suite struct InteractionModelTests {
  /// Cells with counts give the fit of the sessions themselves.
  @Test func countingPatternsChangesNothing() throws {
    var world = SegmentWorld()
    world.effectOnAnnual = 0.2
    let data = try world.log(sessions: 2_000, seed: 1)
    let model = try InteractionModel(data, baseline: 0, interacting: [data.covariates[0]])
    guard case .category(let codes, _) = data.covariates[0].column else { return }
    let arm = CategoricalMatrix(codes: data.arms, levelCount: 2)
    let plan = CategoricalMatrix(codes: codes, levelCount: 2)
    let fit = try NewtonSolver().fit(
      HorizontalMatrix([
        .categorical(.intercept(rows: 2_000)), .categorical(arm), .categorical(plan),
        .categorical(arm.crossed(with: plan)),
      ]), data.rewards)
    #expect(
      model.terms == ["intercept", "discount", "plan is annual", "discount × plan is annual"])
    for (computed, expected) in zip(model.full.coefficients, fit.coefficients) {
      #expect(relativeError(computed, expected) < 1e-9)
    }
    #expect(relativeError(model.full.logLikelihood, fit.logLikelihood) < 1e-12)
  }

  @Test func missingValuesAreTermsOfTheirOwn() throws {
    let data = try SegmentWorld().log(sessions: 2_000, seed: 2)
    let model = try InteractionModel(
      data, baseline: 0, interacting: [data.covariates[2]], adjusting: [data.covariates[1]])
    #expect(
      model.terms == [
        "intercept", "discount", "tenure", "tenure is missing", "region is south",
        "region is east", "region is west", "region is islands", "discount × tenure",
        "discount × tenure is missing",
      ])
    #expect(model.test.degreesOfFreedom == 2)
    #expect(model.full.status == .converged)
  }

  @Test func aCovariateThatDoesNotVaryHasNothingToTest() throws {
    let data = try SegmentWorld().log(sessions: 200, seed: 3)
    let constant = Covariate(
      name: "country",
      column: .category(codes: data.arms.map { _ in 1 }, levels: ["elsewhere", "here"]))
    #expect(throws: FitError.nothingToTest) {
      try InteractionModel(data, baseline: 0, interacting: [constant])
    }
    let with = try SegmentData(
      arms: data.arms, armNames: data.armNames, rewards: data.rewards,
      covariates: data.covariates + [constant], units: data.units)
    let tests = HeterogeneityTest.perCovariate(of: with, baseline: 0)
    #expect(tests[3].test == .failure(.nothingToTest) && tests[3].adjustedPValue == nil)
    #expect(tests[..<3].allSatisfy { $0.adjustedPValue != nil })
  }

  /// A product of which one cell has no saved session: the test stands although a coefficient
  /// runs away.
  @Test func aSeparatedProductIsTestedAllTheSame() throws {
    let rows = 400
    let arms = (0..<rows).map { Int32($0 % 2) }
    let plans = (0..<rows).map { Int32($0 / 2 % 2) }
    let rewards = (0..<rows).map { row in
      arms[row] == 1 && plans[row] == 1 ? 0.0 : row % 5 == 0 ? 1 : 0
    }
    let plan = Covariate(name: "plan", column: .category(codes: plans, levels: ["a", "b"]))
    let data = try SegmentData(
      arms: arms, armNames: ["none", "discount"], rewards: rewards, covariates: [plan],
      units: (0..<UInt64(rows)).map { $0 })
    let model = try InteractionModel(data, baseline: 0, interacting: [plan])
    #expect(model.full.status == .separated(columns: [3]))
    #expect(model.test.pValue < 1e-4)
  }
}
