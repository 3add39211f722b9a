import Inference
import Probability
import Testing

@Suite struct GroupSequentialAnalysisTests {
  static let design = GroupSequentialDesign(times: [0.25, 0.5, 0.75, 1])

  /// Looks with given scores at shares of the plan, where the full information is `1/unit²`.
  static func looks(
    _ scores: [Double], at times: [Double], unit: Double = 1
  ) -> [GroupSequentialAnalysis.Look] {
    zip(scores, times).map { score, time in
      let error = unit / time.squareRoot()
      let effect = EffectEstimate(score * error, standardError: error, sessions: 1_000 * time)
      return .init(effect, time: time)
    }
  }

  /// Looks at 0.3, 0.55 and 0.8 of a plan of Lan and DeMets' O'Brien–Fleming spending, two-sided 0.05,
  /// ended by z = 2.6: a recursion of our own in NumPy with 600 Gauss–Legendre nodes a look.
  @Test(arguments: [1, 1e-4, 1e6, 1e-200, 1e200])
  func anEarlyStop(unit: Double) throws {
    let analysis = try GroupSequentialAnalysis(
      Self.design, looks: Self.looks([1, 2.1, 2.6], at: [0.3, 0.55, 0.8], unit: unit))
    let bounds = [3.9285725426260347, 2.8078768563702736, 2.2760980828116484]
    for (own, other) in zip(analysis.bounds, bounds) { #expect(abs(own - other) < 1e-11) }
    #expect(analysis.decision == .above)
    let test = try #require(analysis.final)
    #expect(abs(test.pValue() - 0.011953324504865854) < 1e-12)
    #expect(abs(test.pValue(.greater) - 0.005976662252432927) < 1e-12)
    #expect(abs(test.pValue(.less) - 0.9940233377475279) < 1e-12)
    #expect(abs(test.estimate / unit - 2.863917796128152) < 1e-10)
    let interval = test.interval(level: 0.95)
    #expect(abs(interval.lower / unit - 0.6376805573954015) < 1e-10)
    #expect(abs(interval.upper / unit - 5.06974612243714) < 1e-10)
    #expect(abs(analysis.repeated.pValue() - 0.023643269830441634) < 1e-9)
    // The naive estimate, 2.6/√0.8, is too far out.
    #expect(test.estimate < analysis.repeated.estimate)
  }

  @Test func aRepeatedPValueWhileTheTestGoesOn() throws {
    let analysis = try GroupSequentialAnalysis(
      Self.design, looks: Self.looks([1, 2.1], at: [0.3, 0.55]))
    #expect(analysis.decision == .goOn)
    #expect(analysis.final == nil)
    #expect(abs(analysis.repeated.pValue() - 0.16041184164412897) < 1e-12)
  }

  /// The stage-wise p-value is below α exactly where a bound is crossed, and the interval agrees.
  @Test(arguments: [-3.2, -2.3, -1, 0.4, 2.01, 2.05, 2.9])
  func thePValueRejectsExactlyWhereTheBoundIsCrossed(score: Double) throws {
    for times in [[0.2, 0.6, 1], [0.4, 0.7, 0.95]] {
      let analysis = try GroupSequentialAnalysis(
        Self.design, looks: Self.looks([0.1, 0.3, score], at: times), isLast: true)
      let test = try #require(analysis.final)
      let rejects = analysis.decision != .notRejected
      #expect(rejects == (abs(score) >= analysis.bounds[2]))
      #expect((test.pValue() < 0.05) == rejects)
      #expect(test.interval(level: 0.95).contains(0) != rejects)
      #expect(abs(test.pValue(.greater) + test.pValue(.less) - 1) < 1e-12)
      let at = test.interval(level: 1 - test.pValue())
      #expect(min(abs(at.lower), abs(at.upper)) < 1e-9)
      if times.last == 1 {
        #expect((analysis.repeated.pValue() < 0.05) == rejects)
        #expect(analysis.repeated.interval(level: 0.95).contains(0) != rejects)
      }
    }
  }

  @Test func oneLookIsAnOrdinaryTest() throws {
    let analysis = try GroupSequentialAnalysis(Self.design, looks: Self.looks([2.2], at: [1]))
    let test = try #require(analysis.final)
    #expect(abs(test.pValue() / (2 * StandardNormal.survival(2.2)) - 1) < 1e-13)
    #expect(abs(test.estimate - 2.2) < 1e-12)
    #expect(abs(test.interval(level: 0.95).lower - (2.2 - 1.959963984540054)) < 1e-12)
    #expect(abs(analysis.repeated.pValue() / test.pValue() - 1) < 1e-10)
  }

  @Test func swappingTheArmsReversesTheAnswer() throws {
    let scores = [0.5, -1, 2.4]
    let forth = try #require(
      try GroupSequentialAnalysis(
        Self.design, looks: Self.looks(scores, at: [0.3, 0.6, 1])
      ).final)
    let back = try #require(
      try GroupSequentialAnalysis(
        Self.design, looks: Self.looks(scores.map { -$0 }, at: [0.3, 0.6, 1])
      ).final)
    #expect(abs(forth.estimate + back.estimate) < 1e-11)
    #expect(abs(forth.pValue() / back.pValue() - 1) < 1e-11)
    #expect(abs(forth.interval(level: 0.9).lower + back.interval(level: 0.9).upper) < 1e-10)
  }

  /// At the planned looks a Wang–Tsiatis design meets its own bounds again.
  @Test func plannedLooksMeetThePlannedBounds() throws {
    for design in [
      GroupSequentialDesign.pocock(looks: 4), .obrienFleming(looks: 4), Self.design,
    ] {
      let analysis = try GroupSequentialAnalysis(
        design, looks: Self.looks([0, 0, 0, 0], at: design.times))
      for (own, planned) in zip(analysis.bounds, design.bounds) {
        #expect(abs(own / planned - 1) < 1e-10)
      }
    }
  }

  @Test func looksAfterARejectionTakeNoPart() throws {
    let analysis = try GroupSequentialAnalysis(
      Self.design, looks: Self.looks([1, 4, 0.2], at: [0.3, 0.6, 0.8]))
    #expect(analysis.looks.count == 2 && analysis.decision == .above)
  }

  @Test func informationHasToGrow() {
    #expect(throws: InferenceError.informationNotGrowing(look: 1)) {
      try GroupSequentialAnalysis(Self.design, looks: Self.looks([1, 1], at: [0.5, 0.5]))
    }
  }

  @Test func futilityIsSaidAndDoesNotEndTheTest() throws {
    let design = GroupSequentialDesign(
      times: [1.0 / 3, 2.0 / 3, 1], alpha: 0.025, sides: .one, spending: .hwangShihDeCani(-4)
    ).withFutility(.hwangShihDeCani(-2), power: 0.9)
    let early = try GroupSequentialAnalysis(
      design, looks: Self.looks([-0.3], at: [1.0 / 3]))
    #expect(early.decision == .futility && early.final == nil)
    let bounds = try #require(early.futilityBounds)
    #expect(abs(bounds[0] + 0.23872403323531385) < 1e-10)
    let late = try GroupSequentialAnalysis(
      design, looks: Self.looks([-0.3, 1.5, 2.4], at: design.times))
    #expect(late.decision == .above)
  }

  @Test func looksFromTallies() throws {
    let effect = try EffectEstimate(
      offer: Tally(successes: 260, trials: 1_000), control: Tally(successes: 210, trials: 1_000))
    let look = GroupSequentialAnalysis.Look(effect, plannedSessions: 4_000)
    #expect(look.time == 0.5)
    let analysis = try GroupSequentialAnalysis(Self.design, looks: [look])
    #expect(analysis.decision == .goOn)
    #expect(abs(analysis.scores[0] - 2.6414) < 1e-4)
  }
}
