import Inference
import Testing

/// What every always-valid test of the catalogue promises.
@Suite struct AlwaysValidLawTests {
  /// A test of the catalogue, made from tallies whatever it is made from.
  struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let compare: @Sendable (Tally, Tally) throws -> any HypothesisTest
  }

  static let subjects =
    LiftCatalogue.sequentialProportions.map { entry in
      Subject(testDescription: "proportions \(entry.name)") { try entry.compare($0, $1) }
    }
    + LiftCatalogue.sequentialMeans.map { entry in
      Subject(testDescription: "means \(entry.name)") {
        try entry.compare(Moments($0), Moments($1))
      }
    }

  static let grid = subjects.flatMap { subject in
    LiftLawTests.pairs.map { (subject, $0.0, $0.1) }
  }

  @Test(arguments: grid)
  func theIntervalExcludesTheNullExactlyWhenTheTestRejects(
    _ subject: Subject, _ a: Tally, _ b: Tally
  ) throws {
    let test = try subject.compare(a, b)
    for alpha in [0.001, 0.01, 0.05, 0.1, 0.2, 0.5] {
      #expect(
        (test.pValue(.twoSided) < alpha) == !test.interval(level: 1 - alpha).contains(test.null))
    }
  }

  @Test(arguments: grid)
  func intervalsAreNestedAndWiderThanAFixedOne(_ subject: Subject, _ a: Tally, _ b: Tally) throws {
    let test = try subject.compare(a, b)
    var inner = Interval(lower: test.estimate, upper: test.estimate)
    for level in [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999_999] {
      let outer = test.interval(level: level)
      #expect(outer.lower < inner.lower && inner.upper < outer.upper)
      inner = outer
    }
    let valid = try #require(test as? AlwaysValidTest)
    #expect(valid.multiplier(alpha: 0.05) > 2.9)
    #expect(valid.oneSidedLimit(.greater, level: 0.95) > test.interval(level: 0.95).lower)
    #expect(valid.oneSidedLimit(.less, level: 0.95) < test.interval(level: 0.95).upper)
  }

  @Test(arguments: grid)
  func pValuesFitTogether(_ subject: Subject, _ a: Tally, _ b: Tally) throws {
    let test = try subject.compare(a, b)
    let (greater, less) = (test.pValue(.greater), test.pValue(.less))
    for p in [greater, less, test.pValue(.twoSided)] { #expect(0 <= p && p <= 1) }
    #expect(max(greater, less) == 1)
    #expect(test.pValue(.twoSided) <= 2 * min(greater, less) * (1 + 1e-12))
    let back = try subject.compare(b, a)
    if test.method.scale == .difference {
      #expect(abs(greater - back.pValue(.less)) <= 1e-12 * greater)
      #expect(abs(test.estimate + back.estimate) < 1e-15)
    }
  }

  @Test(arguments: subjects)
  func dataThatCannotBeAnsweredAreRefused(_ subject: Subject) {
    let some = Tally(successes: 3, trials: 10)
    for (offer, control, arm) in [(Tally(), some, 1), (some, Tally(), 0)] {
      #expect {
        try subject.compare(offer, control)
      } throws: { error in
        guard case InferenceError.tooFewSessions(arm, count: 0, needed: _) = error else {
          return false
        }
        return true
      }
    }
    let all = Tally(successes: 10, trials: 10)
    let none = Tally(successes: 0, trials: 10)
    #expect(throws: InferenceError.noVariation) { try subject.compare(all, all) }
    #expect(throws: InferenceError.noVariation) { try subject.compare(none, none) }
  }

  @Test func sequentialSampleRatioErrors() throws {
    #expect(throws: InferenceError.tooFewArms(count: 1)) {
      try SequentialSampleRatioTest(weights: [1, 0])
    }
    #expect(throws: InferenceError.unexpectedSessions(arm: 2, count: 7)) {
      var test = try SequentialSampleRatioTest(weights: [1, 1, 0])
      try test.look(at: [10, 12, 7])
    }
    var with = try SequentialSampleRatioTest(weights: [0.5, 0, 0.5])
    var without = try SequentialSampleRatioTest(weights: [3e300, 3e300])
    try with.look(at: [1_000, 0, 1_200])
    try without.look(at: [1_000, 1_200])
    #expect(abs(with.logEValue - without.logEValue) < 1e-12)
    // Sessions by the billion: Stirling's terms cancel, the evidence does not.
    try without.look(at: [1_000_000_000, 1_000_000_000])
    #expect(abs(without.logEValue + 8.408121398972464) < 1e-9)
  }

  @Test func theQuantileTestRefusesWhatItCannotAnswer() {
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try SequentialQuantileTest(offer: [], control: [1], tunedFor: 100)
    }
    #expect(throws: InferenceError.self) {
      try SequentialQuantileTest(offer: [1], control: [.nan], tunedFor: 100)
    }
  }

  @Test func theQuantileTestIsSymmetricAndKnowsTies() throws {
    let a = (0..<400).map { Double($0 % 7) }
    let b = (0..<300).map { Double($0 % 7) + 4 }
    let forth = try SequentialQuantileTest(offer: a, control: b, tunedFor: 100)
    let back = try SequentialQuantileTest(offer: b, control: a, tunedFor: 100)
    #expect(abs(forth.logEValue - back.logEValue) < 1e-12)
    #expect(forth.pValue < 1e-6)
    // Two atoms at one value share every quantile.
    let same = try SequentialQuantileTest(
      offer: Array(repeating: 1, count: 50), control: Array(repeating: 1, count: 9), tunedFor: 100)
    #expect(same.pValue == 1)
  }
}
