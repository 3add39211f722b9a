import Inference
import Testing

/// What every test of two samples promises.
@Suite struct SampleLawTests {
  static let samples: [([Double], [Double])] = [
    (
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7]
    ),
    ([1, 2, 2, 3, 5, 5, 7, 9, 4, 4], [1, 1, 2, 2, 4, 5, 6]),
    (
      (0..<40).map { Double(($0 * 37) % 41) / 3 }, (0..<60).map { Double(($0 * 29) % 61) / 4 }
    ),
    (
      (0..<100).map { $0 % 3 == 0 ? 9.99 : 0 }, (0..<80).map { $0 % 4 == 0 ? 9.99 : 0 }
    ),
    ((0..<30).map { $0 % 3 == 0 ? 1 : 0 }, (0..<50).map { $0 % 4 == 0 ? 1 : 0 }),
  ]

  static let grid = LiftCatalogue.samples.flatMap { entry in
    samples.indices.map { (entry.name, $0) }
  }

  static func compare(_ name: String, _ offer: [Double], _ control: [Double]) throws
    -> (any HypothesisTest)?
  {
    let entry = try #require(LiftCatalogue.samples.first { $0.name == name })
    do {
      return try entry.compare(offer, control)
    } catch {
      // Half of the values may be cut or alike: then there is no standard error.
      #expect(error == .noVariation)
      return nil
    }
  }

  @Test(arguments: grid)
  func swappingTheArmsReversesTheEffect(_ name: String, _ index: Int) throws {
    let (a, b) = Self.samples[index]
    guard let forth = try Self.compare(name, a, b), let back = try Self.compare(name, b, a) else {
      return
    }
    switch forth.method.scale {
    case .superiority: #expect(abs(forth.estimate + back.estimate - 1) < 1e-15)
    default: #expect(abs(forth.estimate + back.estimate) < 1e-14)
    }
    // Random choices are drawn of the arms in their order.
    if forth.method.name.contains("random") { return }
    #expect(abs(forth.pValue(.twoSided) / back.pValue(.twoSided) - 1) < 1e-10)
    #expect(abs(forth.pValue(.greater) / back.pValue(.less) - 1) < 1e-10)
  }

  @Test(arguments: grid)
  func intervalsAreNested(_ name: String, _ index: Int) throws {
    let (a, b) = Self.samples[index]
    guard let test = try Self.compare(name, a, b) else { return }
    var inner = test.interval(level: 0.2)
    for level in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999_999] {
      let outer = test.interval(level: level)
      #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
      inner = outer
    }
    #expect(test.interval(level: 0.9).contains(test.estimate))
  }

  @Test(arguments: grid)
  func pValuesAndIntervalsFitTogether(_ name: String, _ index: Int) throws {
    let (a, b) = Self.samples[index]
    guard let test = try Self.compare(name, a, b) else { return }
    let (greater, less) = (test.pValue(.greater), test.pValue(.less))
    let p = test.pValue(.twoSided)
    #expect(greater + less > 1 - 1e-12)
    #expect(abs(p - min(1, 2 * min(greater, less))) < 1e-15)
    guard test.method.intervalInvertsTest else { return }
    for alpha in [0.001, 0.01, 0.05, 0.1, 0.2, 0.5] {
      #expect((p <= alpha) == !test.interval(level: 1 - alpha).contains(test.null))
    }
  }

  @Test(arguments: LiftCatalogue.samples.map(\.name))
  func emptyAndConstantArmsAreRefused(_ name: String) throws {
    let entry = try #require(LiftCatalogue.samples.first { $0.name == name })
    #expect(throws: InferenceError.self) { try entry.compare([], [1, 2, 3]) }
    #expect(throws: InferenceError.self) { try entry.compare([1, 2, 3], []) }
    let same = Array(repeating: 3.0, count: 20)
    #expect(throws: InferenceError.noVariation) { try entry.compare(same, same) }
  }
}
