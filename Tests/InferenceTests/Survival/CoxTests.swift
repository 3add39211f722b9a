import Inference
import TestSupport
import Testing

/// Cox regressions against R's coxph and cox.zph.
@Suite struct CoxTests {
  /// Holds a fit to the figures of one of R's.
  static func check(_ data: CoxData, _ unclustered: CoxData, _ wanted: JSONValue, _ ties: CoxTies)
    throws
  {
    var regression = CoxRegression()
    regression.ties = ties
    let fit = try regression.fit(data)
    #expect(fit.status == .converged)
    expectClose(fit.coefficients, try wanted["coef"].numbers, "coefficient")
    expectClose(fit.standardErrors(), try wanted["se"].numbers, "error")
    let likelihoods = try wanted["loglik"].numbers
    expectClose(fit.nullLogLikelihood, likelihoods[0], within: 1e-12, "null likelihood")
    expectClose(fit.logLikelihood, likelihoods[1], within: 1e-12, "likelihood")
    expectClose(fit.scoreStatistic, try wanted["score"].number, "score")
    expectClose(fit.waldStatistic, try wanted["wald"].number, "Wald")
    expectClose(
      fit.standardErrors(fit.robustCovariance(unclustered)), try wanted["robust"].numbers, "robust")
    if wanted["clustered"] != .null {
      expectClose(
        fit.standardErrors(fit.robustCovariance(data)), try wanted["clustered"].numbers,
        "clustered")
    }
    expectClose(try Concordance(fit, data).value, try wanted["concordance"].number, "concordance")
    for (name, scale) in [
      ("km", ProportionalHazardsTest.TimeScale.kaplanMeier), ("identity", .identity),
      ("log", .log), ("rank", .rank),
    ] {
      let test = try ProportionalHazardsTest(fit, data, scale: scale)
      expectClose(
        test.chiSquared + [test.globalChiSquared], try wanted[name].numbers, within: 1e-8, name)
    }
  }

  static func columns(of trial: Trial) throws -> [[Double]] {
    let arm = try trial.numbers("arm")
    return try [
      arm.map { $0 == 1 ? 1 : 0 }, arm.map { $0 == 2 ? 1 : 0 }, trial.numbers("age"),
      trial.numbers("price"),
    ]
  }

  static func data(stratified: Bool = false, clustered: Bool = false) throws -> CoxData {
    let trial = try SurvivalReference.trial()
    return try CoxData(
      durations: trial.numbers("time"), events: trial.numbers("status").map { $0 == 1 },
      covariates: columns(of: trial),
      strata: stratified ? trial.columns["stratum"].integers : nil,
      clusters: clustered ? trial.columns["cluster"].integers : nil)
  }

  @Test(arguments: [
    ("efron", CoxTies.efron, false), ("breslow", .breslow, false), ("strata", .efron, true),
  ])
  func trial(name: String, ties: CoxTies, stratified: Bool) throws {
    try Self.check(
      Self.data(stratified: stratified, clustered: true), Self.data(stratified: stratified),
      SurvivalReference.file.get()["models"][name], ties)
  }

  @Test func cellsFitLikeTheirSessions() throws {
    let trial = try SurvivalReference.trial()
    let (control, offer) = (
      try trial.table(where: "arm", is: 0), try trial.table(where: "arm", is: 1)
    )
    let wanted = try SurvivalReference.file.get()["pair"]
    let cells = try CoxData(offer: offer, control: control)
    try Self.check(cells, cells, wanted, .efron)
    let test = try HazardRatioTest(offer: offer, control: control)
    expectClose(test.logHazardRatio, try wanted["coef"].numbers[0])
    expectClose(test.standardError, try wanted["se"].numbers[0])
  }

  @Test(.enabled(if: SurvivalReference.folder != nil, "HOLDFAST_DATASETS is not set"))
  func publishedData() throws {
    let rossi = try SurvivalReference.table("rossi")
    let figures = try SurvivalReference.figures(of: "rossi")
    var data = try CoxData(
      durations: rossi.numbers("week"), events: rossi.numbers("arrest").map { $0 == 1 },
      covariates: ["fin", "age", "race", "wexp", "mar", "paro", "prio"].map(rossi.numbers))
    try Self.check(data, data, figures["cox"], .efron)
    try Self.check(data, data, figures["breslow"], .breslow)
    let fit = try CoxRegression().fit(data)
    #expect(abs(fit.coefficients[0] - -0.37942) < 5e-6)
    #expect(abs(fit.standardErrors()[0] - 0.19138) < 5e-6)

    let lung = try SurvivalReference.table("lung")
    data = try CoxData(
      durations: lung.numbers("time"), events: lung.numbers("status").map { $0 == 2 },
      covariates: ["age", "sex"].map(lung.numbers))
    try Self.check(data, data, SurvivalReference.figures(of: "lung")["cox"], .efron)

    let veteran = try SurvivalReference.table("veteran")
    let times = try veteran.numbers("time")
    let events = try veteran.numbers("status").map { $0 == 1 }
    data = try CoxData(
      durations: times, events: events,
      covariates: ["trt", "karno", "diagtime", "age", "prior"].map(veteran.numbers))
    try Self.check(data, data, SurvivalReference.figures(of: "veteran")["cox"], .efron)
    let cells = ["adeno", "large", "smallcell", "squamous"]
    data = try CoxData(
      durations: times, events: events, covariates: ["trt", "karno", "age"].map(veteran.numbers),
      strata: veteran.words("celltype").map { name in
        try #require(cells.firstIndex { name.contains($0) })
      })
    try Self.check(data, data, SurvivalReference.figures(of: "veteran")["strata"], .efron)
  }

  @Test func theScoreTestIsTheLogRankTestWithoutTies() throws {
    let offer = try LifeTable(
      durations: [2, 5, 9, 14, 20], events: [true, true, false, true, true])
    let control = try LifeTable(
      durations: [1, 3, 4, 8, 13], events: [true, true, true, true, false])
    let fit = try CoxRegression().fit(CoxData(offer: offer, control: control))
    expectClose(
      fit.scoreStatistic, try LogRankTest(offer: offer, control: control).chiSquared, within: 1e-13)
  }

  @Test func theUnitOfACovariateDoesNotMatter() throws {
    let trial = try SurvivalReference.trial()
    let (times, events) = (
      try trial.numbers("time"), try trial.numbers("status").map { $0 == 1 }
    )
    let age = try trial.numbers("age")
    let fit = try CoxRegression().fit(
      CoxData(durations: times, events: events, covariates: [age]))
    for unit in [1e-6, 1e6] {
      let scaled = try CoxRegression().fit(
        CoxData(durations: times, events: events, covariates: [age.map { $0 * unit + 7 }]))
      expectClose(scaled.coefficients[0] * unit, fit.coefficients[0])
    }
  }

  @Test func whatCannotBeFittedIsNamed() throws {
    let times = [1.0, 2, 3, 4, 5, 6, 7, 8]
    let events = Array(repeating: true, count: 8)
    #expect(throws: InferenceError.collinear) {
      try CoxRegression().fit(
        CoxData(durations: times, events: events, covariates: [times, times.map { 2 * $0 }]))
    }
    #expect(throws: InferenceError.noEvents) {
      try CoxData(durations: [1, 2], events: [false, false], covariates: [[0, 1]])
    }
    // The longer, the smaller the covariate: the likelihood has no greatest value.
    let fit = try CoxRegression().fit(
      CoxData(durations: times, events: events, covariates: [times]))
    #expect(fit.status == .monotone)
    #expect(throws: InferenceError.notConverged) { try HazardRatioTest(fit) }
    let early = try LifeTable(durations: [1, 2], events: [true, true])
    let late = try LifeTable(durations: [3, 4], events: [true, true])
    #expect(throws: InferenceError.noEvents) { try HazardRatioTest(offer: late, control: early) }
  }
}
