import Inference
import TestSupport
import Testing

/// Log-rank tests against R's survdiff, and against their definition where R has none.
@Suite struct LogRankTests {
  static let weights: [(String, LogRankWeight)] = [
    ("logRank", .logRank), ("gehanBreslow", .gehanBreslow), ("taroneWare", .taroneWare),
    ("petoPeto", .petoPeto), ("modifiedPetoPeto", .modifiedPetoPeto),
    ("earlyFlemingHarrington", .flemingHarrington(rho: 1, gamma: 0)),
    ("lateFlemingHarrington", .flemingHarrington(rho: 0, gamma: 1)),
  ]

  @Test(arguments: weights)
  func twoArms(_ name: String, _ weight: LogRankWeight) throws {
    let trial = try SurvivalReference.trial()
    let (control, offer) = (
      try trial.table(where: "arm", is: 0), try trial.table(where: "arm", is: 1)
    )
    let test = try LogRankTest(offer: offer, control: control, weight: weight)
    let wanted = try SurvivalReference.file.get()["tests"][name].number
    expectClose(test.chiSquared, wanted, within: 1e-12, name)
    let arms = try KSampleLogRank(arms: [control, offer], weight: weight)
    expectClose(arms.chiSquared, wanted, within: 1e-12, name)
    expectClose(arms.pValue, test.pValue(), within: 1e-12, name)
    expectClose(try arms.trend(scores: [3, 4]), test.z, within: 1e-12, name)
  }

  @Test func stratified() throws {
    let strata = try SurvivalReference.trial().strata(arms: 2)
    let pairs = strata.map { tables in (offer: tables[1], control: tables[0]) }
    let test = try LogRankTest(strata: pairs)
    expectClose(
      test.chiSquared, try SurvivalReference.file.get()["tests"]["stratified"].number,
      within: 1e-12)
  }

  @Test func severalArms() throws {
    let trial = try SurvivalReference.trial()
    let wanted = try SurvivalReference.file.get()["kSample"]
    let test = try KSampleLogRank(
      arms: (0..<3).map { try trial.table(where: "arm", is: Double($0)) })
    #expect(test.observed == (try wanted["observed"].integers))
    #expect(test.degreesOfFreedom == 2)
    expectClose(test.expected, try wanted["expected"].numbers, within: 1e-13)
    expectClose(test.chiSquared, try wanted["chisq"].number, within: 1e-12)
    expectClose(try test.trend(scores: [0, 1, 2]), try wanted["trend"].number, within: 1e-12)
    let stratified = try KSampleLogRank(
      strata: trial.strata(arms: 3), weight: .flemingHarrington(rho: 0.5, gamma: 0))
    expectClose(
      stratified.chiSquared, try wanted["stratifiedRhoHalf"].number, within: 1e-12)
  }

  @Test(arguments: try LiftCase.cases(of: "logrank"))
  func acceptanceCase(_ item: LiftCase) throws {
    let groups = try item.inputs["group"].elements
    let (times, events) = (try item.inputs["time"].numbers, try item.inputs["status"].numbers)
    let arms = try Set(groups).sorted { "\($0)" < "\($1)" }.map { group in
      let rows = groups.indices.filter { groups[$0] == group }
      return try LifeTable(
        durations: rows.map { times[$0] }, events: rows.map { events[$0] == 1 })
    }
    let test = try LogRankTest(offer: arms[0], control: arms[1])
    try item.expect(test.chiSquared, "chi2")
    try item.expect(test.pValue(), "p")
    let curves = try arms.map { try KaplanMeier($0) }
    try item.expect(curves.map { $0.survival(at: 30) }, "km_at_30")
    try item.expect(curves.map { $0.standardError(at: 30) }, "se_at_30")
  }

  @Test(.enabled(if: SurvivalReference.folder != nil, "HOLDFAST_DATASETS is not set"))
  func publishedData() throws {
    let lung = try SurvivalReference.table("lung").tables(
      time: "time", event: ("status", 2), by: "sex")
    var test = try LogRankTest(offer: lung[1], control: lung[0])
    #expect(abs(test.chiSquared - 10.3267) < 5e-5)
    let figures = try SurvivalReference.figures(of: "lung")
    expectClose(test.chiSquared, try figures["logRank"].number, within: 1e-12)
    test = try LogRankTest(
      offer: lung[1], control: lung[0], weight: .flemingHarrington(rho: 1, gamma: 0))
    expectClose(test.chiSquared, try figures["peto"].number, within: 1e-12)
    for (arm, wanted) in zip(lung, try figures["rmst"].elements) {
      let mean = try RestrictedMean(arm, horizon: wanted["tau"].number)
      expectClose(mean.mean, try wanted["mean"].number, within: 1e-13)
      expectClose(mean.variance.squareRoot(), try wanted["se"].number, within: 1e-12)
    }
    let veteran = try SurvivalReference.table("veteran")
    let cells = try KSampleLogRank(
      arms: veteran.tables(time: "time", event: ("status", 1), by: "celltype"))
    expectClose(
      cells.chiSquared, try SurvivalReference.figures(of: "veteran")["cellType"].number,
      within: 1e-12)
    let rossi = try SurvivalReference.table("rossi").tables(
      time: "week", event: ("arrest", 1), by: "fin")
    expectClose(
      try LogRankTest(offer: rossi[1], control: rossi[0]).chiSquared,
      try SurvivalReference.figures(of: "rossi")["logRank"].number, within: 1e-12)
  }

  @Test func restrictedMeansOfTheTrial() throws {
    let trial = try SurvivalReference.trial()
    for (arm, wanted) in try SurvivalReference.file.get()["rmst"].elements.enumerated() {
      let mean = try RestrictedMean(
        trial.table(where: "arm", is: Double(arm)), horizon: wanted["tau"].number)
      expectClose(mean.mean, try wanted["mean"].number, within: 1e-13)
      expectClose(mean.variance.squareRoot(), try wanted["se"].number, within: 1e-12)
    }
  }

  @Test func anArmThatLeftBeforeTheFirstEventIsNotCounted() throws {
    let a = try LifeTable(durations: [2, 4, 6, 9], events: [true, true, false, true])
    let b = try LifeTable(durations: [3, 5, 8, 11], events: [true, false, true, true])
    let gone = try LifeTable(durations: [1, 1], events: [false, false])
    let two = try KSampleLogRank(arms: [a, b])
    let three = try KSampleLogRank(arms: [a, gone, b])
    #expect(three.degreesOfFreedom == 1)
    #expect(three.chiSquared == two.chiSquared)
    #expect(throws: InferenceError.tooFewArms(count: 1)) { try KSampleLogRank(arms: [a, gone]) }
  }

  @Test func dataThatCannotBeAnsweredAreNamed() throws {
    let a = try LifeTable(durations: [2, 4], events: [true, true])
    let late = try LifeTable(durations: [1], events: [true])
    let quiet = try LifeTable(durations: [5, 6], events: [false, false])
    #expect(throws: InferenceError.noEvents) { try LogRankTest(offer: quiet, control: quiet) }
    #expect(throws: InferenceError.tooFewSessions(arm: 0, count: 0, needed: 1)) {
      try LogRankTest(offer: a, control: LifeTable())
    }
    let early = try LifeTable(durations: [0], events: [false])
    #expect(throws: InferenceError.noVariation) { try LogRankTest(offer: a, control: early) }
    #expect(throws: InferenceError.noVariation) { try LogRankTest(offer: late, control: early) }
  }
}
