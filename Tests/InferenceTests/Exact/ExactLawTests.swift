import Inference
import Testing

/// What every exact unconditional test promises.
@Suite struct ExactLawTests {
  struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let compare: @Sendable (Tally, Tally) throws -> any HypothesisTest
  }

  static let subjects = LiftCatalogue.exact.map { entry in
    Subject(testDescription: entry.name) { try entry.compare($0, $1) }
  }

  @Test(arguments: subjects)
  func everyTableHasPValuesThatSwapWithTheArms(_ subject: Subject) throws {
    // The tests that take a margin are held to Barnard's below.
    let size = subject.testDescription.hasPrefix("b") ? 10 : 6
    for (offer, control) in TwoByTwo.all(upTo: size)
    where (offer.trials, offer.successes) <= (control.trials, control.successes) {
      let forth = try subject.compare(offer, control)
      let back = try subject.compare(control, offer)
      for (one, other) in [
        (Alternative.twoSided, Alternative.twoSided), (.greater, .less), (.less, .greater),
      ] {
        let p = forth.pValue(one)
        #expect(0 < p && p <= 1, "\(offer) \(control)")
        #expect(abs(p / back.pValue(other) - 1) < 2e-11, "\(offer) \(control) \(one)")
      }
      // Boschloo's sides have each their own order of the tables; the others share one statistic.
      if !(forth is BoschlooTest) {
        #expect(forth.pValue(.greater) + forth.pValue(.less) > 1 - 1e-9)
      }
      #expect(forth.estimate == -back.estimate)
    }
  }

  @Test(arguments: subjects)
  func intervalsAreNestedAndHoldTheEstimate(_ subject: Subject) throws {
    for (offer, control) in [
      (Tally(successes: 7, trials: 34), Tally(successes: 1, trials: 34)),
      (Tally(successes: 0, trials: 9), Tally(successes: 4, trials: 6)),
      (Tally(successes: 5, trials: 5), Tally(successes: 0, trials: 3)),
      (Tally(successes: 0, trials: 4), Tally(successes: 0, trials: 1)),
      (Tally(successes: 60, trials: 150), Tally(successes: 15, trials: 70)),
    ] {
      let test = try subject.compare(offer, control)
      var inner = Interval(lower: test.estimate, upper: test.estimate)
      for level in [0.01, 0.5, 0.95, 0.999] {
        let outer = test.interval(level: level)
        #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
        #expect(-1 <= outer.lower && outer.upper <= 1)
        inner = outer
      }
    }
  }

  @Test(arguments: subjects)
  func emptyArmsAreRefusedByName(_ subject: Subject) {
    let some = Tally(successes: 3, trials: 10)
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try subject.compare(Tally(), some)
    }
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 0, needed: 1)) {
      try subject.compare(some, Tally())
    }
  }

  @Test(arguments: subjects)
  func sessionsThatAllEndedAlikeAreNoEvidence(_ subject: Subject) throws {
    let none = try subject.compare(Tally(successes: 0, trials: 7), Tally(successes: 0, trials: 4))
    let all = try subject.compare(Tally(successes: 7, trials: 7), Tally(successes: 4, trials: 4))
    for test in [none, all] {
      for alternative in Alternative.allCases { #expect(test.pValue(alternative) == 1) }
      #expect(test.estimate == 0)
    }
  }

  /// The p-value of no `π` exceeds the one returned, and one of a fine grid comes near.
  @Test func theMaximumIsNoLessThanAnyOfAGrid() throws {
    for (n1, n0) in [(4, 9), (11, 11), (20, 7)] {
      let angles = (0...2_000).map { Double($0) / 2_000 }
      for (offer, control) in TwoByTwo.tables(n1, n0) where (offer.successes * 7) % 3 == 1 {
        let observed = try BarnardTest(offer: offer, control: control)
        let region = try TwoByTwo.tables(n1, n0).filter {
          try abs(BarnardTest(offer: $0, control: $1).z) >= abs(observed.z) * (1 - 1e-9)
        }
        let greatest =
          angles.map { p in
            region.map {
              TwoByTwo.binomial(n1, $0.successes, p) * TwoByTwo.binomial(n0, $1.successes, p)
            }.reduce(0, +)
          }.max() ?? 0
        let p = observed.pValue()
        #expect(p >= greatest * (1 - 1e-10) && p <= greatest * (1 + 1e-4), "\(offer) \(control)")
      }
    }
  }

  /// Two ways to the same probability: by sums of successes, and by rows of the table.
  @Test func theScoreTestOfNoDifferenceIsBarnards() throws {
    for (offer, control) in TwoByTwo.all(upTo: 7) {
      let barnard = try BarnardTest(offer: offer, control: control)
      let score = try ExactScoreTest(offer: offer, control: control, rule: .absoluteStatistic)
      for alternative in Alternative.allCases {
        let ratio = score.pValue(alternative) / barnard.pValue(alternative)
        #expect(abs(ratio - 1) < 2e-11, "\(offer) \(control) \(alternative)")
      }
    }
  }

  /// What the walk along the edge of a region relies on.
  @Test func theScoreStatisticIsConvexInBarnardsSense() throws {
    for (n1, n0) in [(1, 1), (5, 8), (9, 3), (7, 7)] {
      for null in [-0.9, -0.3, -0.01, 0, 0.2, 0.6, 0.99] {
        func z(_ x1: Int, _ x0: Int) throws -> Double {
          try ScoreDifferenceTest(
            offer: Tally(successes: x1, trials: n1), control: Tally(successes: x0, trials: n0),
            null: null, variance: .plain
          ).z
        }
        for x1 in 0..<n1 { for x0 in 0...n0 { #expect(try z(x1 + 1, x0) > z(x1, x0)) } }
        for x1 in 0...n1 { for x0 in 0..<n0 { #expect(try z(x1, x0 + 1) < z(x1, x0)) } }
      }
    }
  }

  @Test(arguments: ExactScoreTest.Rule.allCases)
  func differencesOutsideTheIntervalAreRejected(_ rule: ExactScoreTest.Rule) throws {
    for (offer, control) in [
      (Tally(successes: 7, trials: 14), Tally(successes: 1, trials: 12)),
      (Tally(successes: 0, trials: 6), Tally(successes: 3, trials: 5)),
      (Tally(successes: 12, trials: 40), Tally(successes: 9, trials: 55)),
    ] {
      let interval = try ExactScoreTest(offer: offer, control: control, rule: rule)
        .interval(level: 0.9)
      func p(_ null: Double) throws -> Double {
        try ExactScoreTest(offer: offer, control: control, null: null, rule: rule).pValue()
      }
      for step in [1e-6, 0.003, 0.01, 0.05, 0.1] {
        if interval.lower - step > -1 { #expect(try p(interval.lower - step) < 0.1) }
        if interval.upper + step < 1 { #expect(try p(interval.upper + step) < 0.1) }
      }
      #expect(try p(interval.lower + 1e-9) >= 0.1 - 1e-6)
      #expect(try p(interval.upper - 1e-9) >= 0.1 - 1e-6)
    }
  }
}
