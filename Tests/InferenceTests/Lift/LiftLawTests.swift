import Inference
import Testing

/// What every test of the catalogue promises.
@Suite struct LiftLawTests {
  static let pairs: [(Tally, Tally)] = [
    (Tally(successes: 7, trials: 34), Tally(successes: 1, trials: 34)),
    (Tally(successes: 56, trials: 70), Tally(successes: 48, trials: 80)),
    (Tally(successes: 5, trials: 83), Tally(successes: 12, trials: 99)),
    (Tally(successes: 220, trials: 1_000), Tally(successes: 253, trials: 1_000)),
    (Tally(successes: 220, trials: 1_000), Tally(successes: 260, trials: 1_000)),
    (Tally(successes: 300, trials: 2_700), Tally(successes: 30, trials: 300)),
    (Tally(successes: 50_000, trials: 1_000_000), Tally(successes: 49_000, trials: 999_999)),
  ]

  /// A test of the catalogue, made from tallies whatever it is made from.
  struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let compare: @Sendable (Tally, Tally) throws -> any HypothesisTest
  }

  static let subjects =
    LiftCatalogue.proportions.map { entry in
      Subject(testDescription: entry.name) { try entry.compare($0, $1) }
    }
    + LiftCatalogue.means.map { entry in
      Subject(testDescription: entry.name) { try entry.compare(Moments($0), Moments($1)) }
    }

  static let grid = subjects.flatMap { subject in pairs.map { (subject, $0.0, $0.1) } }

  @Test(arguments: grid)
  func swappingTheArmsReversesTheEffect(
    _ subject: Subject, _ a: Tally, _ b: Tally
  ) throws {
    let forth = try subject.compare(a, b)
    let back = try subject.compare(b, a)
    switch forth.method.scale {
    case .difference: #expect(abs(forth.estimate + back.estimate) < 1e-15)
    case .relativeLift: #expect(abs((1 + forth.estimate) * (1 + back.estimate) - 1) < 1e-14)
    case .oddsRatio, .hazardRatio: #expect(abs(forth.estimate * back.estimate - 1) < 1e-14)
    case .superiority: #expect(abs(forth.estimate + back.estimate - 1) < 1e-15)
    }
    // Dividing by the control's mean is not symmetric in the arms: the delta method's known defect.
    guard subject.testDescription != "deltaLift" else { return }
    #expect(abs(forth.pValue(.twoSided) / back.pValue(.twoSided) - 1) < 1e-10)
    #expect(abs(forth.pValue(.greater) / back.pValue(.less) - 1) < 1e-10)
  }

  @Test(arguments: grid)
  func intervalsAreNestedAndHoldTheEstimate(
    _ subject: Subject, _ a: Tally, _ b: Tally
  ) throws {
    let test = try subject.compare(a, b)
    var inner = Interval(lower: test.estimate, upper: test.estimate)
    for level in [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999_999] {
      let outer = test.interval(level: level)
      #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
      inner = outer
    }
  }

  @Test(arguments: grid)
  func pValuesOfOneStatisticFitTogether(
    _ subject: Subject, _ a: Tally, _ b: Tally
  ) throws {
    let test = try subject.compare(a, b)
    let (greater, less) = (test.pValue(.greater), test.pValue(.less))
    switch test.method.twoSidedRule {
    case .absoluteStatistic:
      #expect(abs(greater + less - 1) < 1e-14)
      #expect(abs(test.pValue(.twoSided) - 2 * min(greater, less)) < 1e-15)
    case .doubledTail:
      // The outcome observed belongs to both tails.
      #expect(greater + less > 1 - 1e-12)
      #expect(abs(test.pValue(.twoSided) - min(1, 2 * min(greater, less))) < 1e-15)
    case .minimumLikelihood, .blaker:
      #expect(greater + less > 1 - 1e-12)
      #expect(test.pValue(.twoSided) >= min(greater, less))
    case .upperTail:
      #expect(greater == less && greater == test.pValue(.twoSided))
    }
    for p in [greater, less, test.pValue(.twoSided)] { #expect(0 <= p && p <= 1) }
  }

  @Test(arguments: grid)
  func anIntervalThatInvertsTheTestExcludesTheNullExactlyWhenTheTestRejects(
    _ subject: Subject, _ a: Tally, _ b: Tally
  ) throws {
    let test = try subject.compare(a, b)
    guard test.method.intervalInvertsTest else { return }
    let p = test.pValue(.twoSided)
    // At the level 1 − p the null lies on an end; a hair to either side decides.
    #expect(test.interval(level: 1 - p * (1 - 1e-6)).contains(test.null))
    #expect(!test.interval(level: 1 - min(p * (1 + 1e-6), 0.999_999_9)).contains(test.null))
    for alpha in [0.001, 0.01, 0.05, 0.1, 0.2, 0.5] {
      #expect((p < alpha) == !test.interval(level: 1 - alpha).contains(test.null))
    }
  }

  @Test(arguments: subjects)
  func emptyArmsAreRefusedByName(_ subject: Subject) {
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
  }

  @Test(arguments: subjects)
  func outcomesThatNeverVaryAreRefusedOrShowNoEffect(_ subject: Subject) throws {
    for successes in [10, 0] {
      let same = Tally(successes: successes, trials: 10)
      let test: any HypothesisTest
      do {
        test = try subject.compare(same, same)
      } catch let error as InferenceError {
        let refusals: [InferenceError] = [.noVariation, .noSuccesses(arm: 0), .noEvents]
        #expect(refusals.contains(error))
        continue
      }
      #expect(test.estimate == test.method.scale.noEffect)
      #expect(test.pValue(.twoSided) == 1)
      let interval = test.interval(level: 0.95)
      #expect(interval.width > 0 && interval.contains(test.null))
    }
  }

  @Test func namesAreUnique() {
    #expect(Set(Self.subjects.map(\.testDescription)).count == Self.subjects.count)
  }
}
