import Inference
import TestSupport
import Testing

/// Kaplan–Meier and Nelson–Aalen against R's survival.
@Suite struct KaplanMeierTests {
  static let scales: [(String, SurvivalScale)] = [
    ("plain", .plain), ("log", .log), ("log-log", .logLog), ("arcsin", .arcsine),
    ("logit", .logit),
  ]

  /// Holds an arm's curve, its intervals, quantiles and hazards to R's.
  static func check(_ table: LifeTable, _ wanted: JSONValue) throws {
    let curve = try KaplanMeier(table)
    let times = try wanted["time"].numbers
    #expect(curve.steps.map(\.time) == times)
    expectClose(curve.steps.map(\.survival), try wanted["survival"].numbers, within: 1e-13, "S")
    for (time, wanted) in zip(times, try wanted["se"].optionalNumbers) {
      // R has no number where the survival is zero.
      if let wanted { expectClose(curve.standardError(at: time), wanted, within: 1e-13, "se") }
    }
    for (name, scale) in scales {
      let lower = try wanted[name]["lower"].optionalNumbers
      let upper = try wanted[name]["upper"].optionalNumbers
      for index in times.indices {
        let ends = curve.interval(at: times[index], level: 0.9, scale: scale)
        if let low = lower[index] { expectClose(ends.lower, low, within: 1e-12, "\(name) lower") }
        if let high = upper[index] { expectClose(ends.upper, high, within: 1e-12, "\(name) upper") }
      }
      for (index, p) in [0.1, 0.25, 0.5].enumerated() {
        #expect(curve.quantile(p) == (try wanted[name]["q"].optionalNumbers[index]))
        let ends = curve.quantileInterval(p, level: 0.9, scale: scale)
        let (low, high) = (
          try wanted[name]["qLower"].optionalNumbers[index],
          try wanted[name]["qUpper"].optionalNumbers[index]
        )
        #expect(ends.lower == low ?? .infinity)
        #expect(ends.upper == high ?? .infinity)
      }
    }
    for (name, ties) in [("hazard1", NelsonAalen.Ties.together), ("hazard2", .broken)] {
      let hazard = try NelsonAalen(table, ties: ties)
      expectClose(
        hazard.steps.map(\.cumulativeHazard), try wanted[name]["value"].numbers, within: 1e-13)
      expectClose(
        times.map(hazard.standardError), try wanted[name]["se"].numbers, within: 1e-13)
    }
  }

  @Test(arguments: 0..<3)
  func trial(arm: Int) throws {
    let table = try SurvivalReference.trial().table(where: "arm", is: Double(arm))
    try Self.check(table, SurvivalReference.file.get()["curves"].elements[arm])
  }

  @Test(.enabled(if: SurvivalReference.folder != nil, "HOLDFAST_DATASETS is not set"))
  func publishedData() throws {
    for (name, time, event) in [
      ("lung", "time", ("status", 2.0)), ("veteran", "time", ("status", 1)),
      ("rossi", "week", ("arrest", 1)),
    ] {
      let data = try SurvivalReference.table(name)
      let table = try LifeTable(
        durations: data.numbers(time), events: data.numbers(event.0).map { $0 == event.1 })
      try Self.check(table, SurvivalReference.figures(of: name)["curve"])
    }
  }

  @Test func withoutCensoringItIsTheShareLeft() throws {
    let curve = try KaplanMeier(
      LifeTable(durations: [3, 1, 4, 1, 5, 9, 2, 6], events: Array(repeating: true, count: 8)))
    for (time, left) in [(0.5, 8.0), (1, 6), (2, 5), (4.5, 3), (9, 0)] {
      #expect(abs(curve.survival(at: time) - left / 8) < 1e-15)
    }
    let binomial = (5.0 / 8 * 3 / 8 / 8).squareRoot()
    #expect(abs(curve.standardError(at: 2) - binomial) < 1e-15)
  }

  @Test func whereGreenwoodIsSilentTheEndsStayHonest() throws {
    var table = LifeTable()
    table.add(duration: 10, censored: 4)
    let none = try KaplanMeier(table)
    // Clopper and Pearson for four of four, 0.025^(1/4); past the watch nothing is known.
    #expect(relativeError(none.interval(at: 10).lower, 0.39763536438352531) < 1e-14)
    #expect(none.interval(at: 10).upper == 1)
    #expect(none.interval(at: 11) == Interval(lower: 0, upper: 1))
    let all = try KaplanMeier(
      LifeTable(durations: [2, 2, 2, 2], events: [true, true, true, true]))
    #expect(relativeError(all.interval(at: 2).upper, 1 - 0.39763536438352531) < 1e-14)
    #expect(all.interval(at: 2).lower == 0)
    #expect(all.quantileInterval(0.5) == Interval(lower: 2, upper: .infinity))
  }

  @Test func aFlatStretchAtTheMedianGivesItsMiddle() throws {
    let curve = try KaplanMeier(
      LifeTable(durations: [1, 2, 6, 7], events: [true, true, true, true]))
    #expect(curve.quantile(0.5) == 4)
    #expect(curve.quantile(0.9) == 7)
  }

  @Test func noSessionsHaveNoCurve() {
    #expect(throws: InferenceError.tooFewSessions(arm: 1, count: 0, needed: 1)) {
      try KaplanMeier(LifeTable(), arm: 1)
    }
  }
}
