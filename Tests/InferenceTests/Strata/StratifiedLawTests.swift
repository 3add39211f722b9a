import Inference
import Probability
import Testing

/// What every test of the catalogue of strata promises.
@Suite struct StratifiedLawTests {
  static func arm(_ cells: [(Int, Int)]) -> StratifiedTally {
    StratifiedTally(cells.map { Tally(successes: $0, trials: $1) })
  }

  static let pairs: [(StratifiedTally, StratifiedTally)] = [
    (arm([(7, 34), (1, 5), (3, 3)]), arm([(1, 34), (2, 9), (2, 4)])),
    (arm([(81, 87), (192, 263)]), arm([(234, 270), (55, 80)])),
    (arm([(1, 2), (0, 1), (2, 2), (1, 3)]), arm([(0, 2), (1, 2), (1, 4), (2, 3)])),
    (arm([(2_110, 10_000), (523, 2_000)]), arm([(1_980, 10_000), (501, 2_050)])),
    // Strata that say nothing: one arm only, all alike.
    (arm([(5, 20), (3, 8), (4, 4), (0, 0)]), arm([(9, 18), (0, 0), (6, 6), (1, 7)])),
  ]

  struct Subject: Sendable, CustomTestStringConvertible {
    let entry: LiftCatalogue.Entry<StratifiedTally>
    var testDescription: String { entry.name }
  }
  static let subjects = LiftCatalogue.strata.map(Subject.init)
  static let grid = subjects.flatMap { subject in pairs.map { (subject, $0.0, $0.1) } }

  @Test(arguments: grid)
  func swappingTheArmsReversesTheEffect(
    _ subject: Subject, _ a: StratifiedTally, _ b: StratifiedTally
  ) throws {
    let forth = try subject.entry.compare(a, b)
    let back = try subject.entry.compare(b, a)
    switch forth.method.scale {
    case .difference: #expect(abs(forth.estimate + back.estimate) < 1e-15)
    case .relativeLift: #expect(abs((1 + forth.estimate) * (1 + back.estimate) - 1) < 1e-13)
    default: #expect(abs(forth.estimate * back.estimate - 1) < 1e-12)
    }
    #expect(abs(forth.pValue(.twoSided) / back.pValue(.twoSided) - 1) < 1e-10)
    #expect(abs(forth.pValue(.greater) / back.pValue(.less) - 1) < 1e-10)
  }

  @Test(arguments: grid)
  func intervalsAreNestedAndFitTheTest(
    _ subject: Subject, _ a: StratifiedTally, _ b: StratifiedTally
  ) throws {
    let test = try subject.entry.compare(a, b)
    var inner = Interval(lower: test.estimate, upper: test.estimate)
    for level in [0.01, 0.5, 0.9, 0.95, 0.999, 0.999_999] {
      let outer = test.interval(level: level)
      #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
      inner = outer
    }
    guard test.method.intervalInvertsTest else { return }
    let p = test.pValue(.twoSided)
    guard p < 0.999 else { return }
    #expect(test.interval(level: 1 - p * (1 - 1e-6)).contains(test.null))
    #expect(!test.interval(level: 1 - p * (1 + 1e-6)).contains(test.null))
  }

  @Test(arguments: grid)
  func pValuesOfOneStatisticFitTogether(
    _ subject: Subject, _ a: StratifiedTally, _ b: StratifiedTally
  ) throws {
    let test = try subject.entry.compare(a, b)
    let (greater, less) = (test.pValue(.greater), test.pValue(.less))
    let both = test.pValue(.twoSided)
    for p in [greater, less, both] { #expect(0 <= p && p <= 1) }
    switch test.method.twoSidedRule {
    case .absoluteStatistic: #expect(abs(greater + less - 1) < 1e-14)
    default: #expect(greater + less > 1 - 1e-12 && both >= min(greater, less))
    }
  }

  @Test(arguments: subjects)
  func dataWithoutAnswerAreRefused(_ subject: Subject) {
    let some = Self.arm([(3, 10), (2, 5)])
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try subject.entry.compare(StratifiedTally(), some)
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 0, needed: 1)) {
      try subject.entry.compare(some, StratifiedTally())
    }
    #expect(throws: InferenceError.tooFewGroups(count: 0, needed: 1)) {
      try subject.entry.compare(Self.arm([(3, 10)]), Self.arm([(0, 0), (3, 9)]))
    }
    #expect(throws: InferenceError.noVariation) {
      try subject.entry.compare(Self.arm([(5, 5), (4, 4)]), Self.arm([(6, 6), (2, 2)]))
    }
  }

  @Test func talliesMerge() {
    var merged = Self.arm([(1, 4)])
    merged.merge(Self.arm([(2, 3), (0, 6)]))
    #expect(merged == Self.arm([(3, 7), (0, 6)]))
    merged.add(successes: 1, trials: 1, stratum: 3)
    #expect(merged.strata.count == 4 && merged.pooled == Tally(successes: 4, trials: 14))
  }

  /// Strata at the limit: no interval, or one to infinity, and equal odds ratios.
  @Test func oneSidedStrataAreUnbounded() throws {
    let (offer, control) = (Self.arm([(4, 4), (3, 3)]), Self.arm([(2, 5), (1, 4)]))
    let test = try CochranMantelHaenszelTest(offer: offer, control: control)
    #expect(test.estimate == .infinity)
    #expect(test.interval() == Interval(lower: 0, upper: .infinity))
    #expect(try BreslowDayTest(offer: offer, control: control).pValue == 1)
    let exact = try StratifiedExactTest(offer: offer, control: control)
    #expect(exact.estimate == .infinity && exact.interval().upper == .infinity)
    #expect(exact.interval().lower > 0)
    // Every success that could be the offer's is: P = C(5,2)/C(9,6) · C(4,1)/C(7,4).
    expectClose(exact.pValue(.greater), 10.0 / 84 * 4 / 35, within: 1e-13)
    #expect(throws: InferenceError.noSuccesses(arm: 0)) {
      try MantelHaenszelOddsRatioTest(offer: offer, control: control)
    }
    #expect(throws: InferenceError.tooFewGroups(count: 1, needed: 2)) {
      try BreslowDayTest(offer: Self.arm([(1, 4)]), control: Self.arm([(2, 4)]))
    }
  }

  /// A tail far below what a double holds in a product of masses, against Fisher's.
  @Test func farTailsDoNotUnderflow() throws {
    let (offer, control) = (
      Tally(successes: 900, trials: 1_500), Tally(successes: 300, trials: 1_500)
    )
    let exact = try StratifiedExactTest(
      offer: StratifiedTally([offer]), control: StratifiedTally([control]),
      rule: .minimumLikelihood)
    let fisher = try FisherExactTest(offer: offer, control: control)
    #expect(fisher.pValue() < 1e-100)
    expectClose(exact.pValue(), fisher.pValue(), within: 1e-9)
    expectClose(exact.pValue(.greater), fisher.pValue(.greater), within: 1e-10)
  }
}
