import Inference
import TestSupport
import Testing

/// The published data sets `aml`, `lung`, `veteran` and `rossi` against R's survival: every weight of the
/// log-rank test, restricted means, and Cox's model with both treatments of ties.
@Suite(.enabled(if: SurvivalReference.folder != nil, "HOLDFAST_DATASETS is not set"))
struct PublishedSurvivalTests {
  /// A data set: the columns of its times, events and arms, and the covariates of its Cox model.
  struct Published: Sendable, CustomTestStringConvertible {
    let name: String
    let time: String
    let event: (column: String, value: Double)
    let arm: String
    let covariates: [String]

    var testDescription: String { name }

    func arms() throws -> [LifeTable] {
      try SurvivalReference.table(name).tables(
        time: time, event: (event.column, event.value), by: arm)
    }
  }

  static let sets = [
    Published(name: "aml", time: "time", event: ("status", 1), arm: "x", covariates: []),
    Published(
      name: "lung", time: "time", event: ("status", 2), arm: "sex", covariates: ["age", "sex"]),
    Published(
      name: "veteran", time: "time", event: ("status", 1), arm: "trt",
      covariates: ["trt", "karno", "diagtime", "age", "prior"]),
    Published(
      name: "rossi", time: "week", event: ("arrest", 1), arm: "fin",
      covariates: ["fin", "age", "race", "wexp", "mar", "paro", "prio"]),
  ]

  @Test(arguments: sets) func logRankByEveryWeight(_ set: Published) throws {
    let arms = try set.arms()
    let figures = try SurvivalReference.figures(of: set.name)["weights"]
    for (name, weight) in LogRankTests.weights {
      let test = try LogRankTest(offer: arms[1], control: arms[0], weight: weight)
      expectClose(test.chiSquared, try figures[name].number, within: 1e-12, name)
    }
  }

  @Test(arguments: sets) func restrictedMeans(_ set: Published) throws {
    let arms = try set.arms()
    let figures = try SurvivalReference.figures(of: set.name)["rmst"].elements
    var (means, variance) = ([Double](), 0.0)
    for (arm, wanted) in zip(arms, figures) {
      let mean = try RestrictedMean(arm, horizon: wanted["tau"].number)
      expectClose(mean.mean, try wanted["mean"].number, within: 1e-13)
      expectClose(mean.variance.squareRoot(), try wanted["se"].number, within: 1e-12)
      means.append(try wanted["mean"].number)
      variance += try wanted["se"].number * wanted["se"].number
    }
    let test = try RestrictedMeanDifferenceTest(
      offer: arms[1], control: arms[0], horizon: figures[0]["tau"].number)
    expectClose(test.estimate, means[1] - means[0], within: 1e-11)
    expectClose(test.standardError, variance.squareRoot(), within: 1e-12)
  }

  @Test(arguments: sets, [("cox", CoxTies.efron), ("breslow", .breslow)])
  func coxModels(_ set: Published, _ ties: (key: String, ties: CoxTies)) throws {
    let data: CoxData
    if set.covariates.isEmpty {
      let arms = try set.arms()
      data = try CoxData(offer: arms[1], control: arms[0])
    } else {
      let table = try SurvivalReference.table(set.name)
      data = try CoxData(
        durations: table.numbers(set.time),
        events: table.numbers(set.event.column).map { $0 == set.event.value },
        covariates: set.covariates.map(table.numbers))
    }
    try CoxTests.check(
      data, data, SurvivalReference.figures(of: set.name)[ties.key], ties.ties)
  }

  /// Kaplan–Meier with every interval, its quantiles, and both Nelson–Aalen estimates.
  @Test(arguments: 0..<2) func curvesOfAML(_ arm: Int) throws {
    let tables = try Self.sets[0].arms()
    try KaplanMeierTests.check(
      tables[arm], SurvivalReference.figures(of: "aml")["curves"].elements[arm])
  }

  @Test func stratifiedLogRankOfVeteran() throws {
    let table = try SurvivalReference.table("veteran")
    let (cells, arms) = (try table.words("celltype"), try table.numbers("trt"))
    let (times, events) = (try table.numbers("time"), try table.numbers("status"))
    var strata: [String: [LifeTable]] = [:]
    for row in cells.indices {
      strata[cells[row], default: [LifeTable(), LifeTable()]][Int(arms[row]) - 1].add(
        duration: times[row], events: Int(events[row]), censored: 1 - Int(events[row]))
    }
    let test = try LogRankTest(
      strata: strata.sorted { $0.key < $1.key }.map { ($0.value[1], $0.value[0]) })
    expectClose(
      test.chiSquared, try SurvivalReference.figures(of: "veteran")["stratified"].number,
      within: 1e-12)
  }
}
