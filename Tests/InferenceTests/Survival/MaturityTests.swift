import Inference
import Probability
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct MaturityTests {
  @Test(arguments: try LiftCase.cases(of: "immature_rate_bounds"))
  func bounds(_ item: LiftCase) throws {
    let bounds = try SaveBounds(
      saved: item.inputs["success"].integer, lost: item.inputs["failure"].integer,
      open: item.inputs["in_progress"].integer)
    try item.expect(bounds.decided.proportion, "exclude_in_progress")
    try item.expect(bounds.worst.proportion, "count_as_failure")
    try item.expect(bounds.bounds.lower, "worst_case")
    try item.expect(bounds.bounds.upper, "best_case")
  }

  @Test func boundsOfAClosedExperimentAreItsRates() throws {
    let offer = try SaveBounds(saved: 40, lost: 60, open: 0)
    let control = try SaveBounds(saved: 30, lost: 70, open: 0)
    #expect(SaveBounds.difference(offer, control).width == 0)
    let newcombe = NewcombeInterval().difference(offer.decided, control.decided)
    #expect(SaveBounds.differenceInterval(offer, control) == newcombe)
    #expect(offer.interval() == WilsonInterval().proportion(offer.decided))
    let half = try SaveBounds(saved: 20, lost: 30, open: 50)
    #expect(half.interval().lower < half.bounds.lower && half.bounds.upper < half.interval().upper)
    #expect(SaveBounds.difference(half, control).contains(0.4 - 0.3))
  }

  @Test(arguments: try LiftCase.cases(of: "saved_state"))
  func states(_ item: LiftCase) throws {
    let wanted = try item.expected["state"].elements
    for (event, wanted) in zip(try item.inputs["events"].elements, wanted) {
      let deflected = try event["deflect_day"].number
      let cancel = event["cancel_day"]
      let state = SaveReading.state(
        age: try event["as_of"].number - deflected,
        lostAfter: cancel == .null ? nil : try cancel.number - deflected, window: 30)
      switch wanted {
      case .string("watchlist"): #expect(state == .open)
      case .string("lost_deflect"): #expect(state == .lost)
      // The case leaves the 30th day to us: the window is half open, so that it is a save.
      default: #expect(state == .saved)
      }
    }
  }

  @Test(arguments: try LiftCase.cases(of: "naive_vs_mature_save_rate"))
  func openWindowsMakeAFalseLift(_ item: LiftCase) throws {
    var rates: [String: Double] = [:]
    for (index, arm) in ["A", "B"].enumerated() {
      var rng = Philox(StreamKey(seed: 20_260_922, purpose: .world, index: UInt64(index)))
      let world = try CancelWorld(item, arm: arm)
      let reading = SaveReading(
        merging: (0..<4).map { _ in world.reading(sessions: 100_000, using: &rng) })
      try item.expect(reading.naive.proportion, "naive_\(arm)")
      try item.expect(reading.mature.proportion, "mature_only_\(arm)")
      let curve = try KaplanMeier(reading.table)
      #expect(abs(curve.survival(at: 30) - world.saveRate) < 4 * curve.standardError(at: 30))
      // All sessions count, so that the curve knows more than the mature ones alone.
      let n = Double(reading.mature.trials)
      #expect(
        curve.standardError(at: 30) < 0.95
          * (world.saveRate * (1 - world.saveRate) / n).squareRoot())
      #expect(try reading.bounds().bounds.contains(world.saveRate))
      rates[arm] = reading.naive.proportion
    }
    let lift = try #require(rates["B"]) / (try #require(rates["A"])) - 1
    #expect(lift > (try item.expected["spurious_relative_lift_min"].number))
  }

  @Test func aForecastFollowsTheCurve() throws {
    // Of 100, 20 left on day 10; 30 windows are open at day 5, 20 at day 25, 30 are closed.
    var table = LifeTable()
    table.add(duration: 5, censored: 30)
    table.add(duration: 10, events: 20)
    table.add(duration: 25, censored: 20)
    table.add(duration: 30, censored: 30)
    let forecast = try MaturityForecast(table, window: 30)
    #expect(forecast.isCovered)
    #expect((forecast.events, forecast.openCount) == (20, 50))
    #expect(forecast.timeUntilAllClosed == 25)
    #expect([4.9, 5, 24.9, 25].map(forecast.closing) == [0, 20, 20, 50])
    // Ŝ(10) = 50/70: each of the 30 is lost on its tenth day with probability 2/7.
    #expect(forecast.expectedEvents(within: 4.9) == 0)
    #expect(abs(forecast.expectedEvents(within: 5) - 30 * 2.0 / 7) < 1e-13)
    #expect(forecast.time(untilEvents: 20) == 0)
    #expect(forecast.time(untilEvents: 28).map { abs($0 - 5) < 1e-12 } == true)
    #expect(forecast.time(untilEvents: 29) == nil)

    // Seven a day: two a day leave from the tenth day on.
    let growing = try MaturityForecast(table, window: 30, arrivals: 7)
    #expect(abs(growing.expectedEvents(within: 60) - 30 * 2.0 / 7 - 100) < 1e-12)
    let day = try #require(growing.time(untilEvents: 20 + 30 * 2.0 / 7 + 100))
    #expect(abs(day - 60) < 1e-9)
    let information = MaturityForecast.information(growing, forecast, after: 60)
    let (e1, e0) = (120 + 60.0 / 7, 20 + 60.0 / 7)
    #expect(abs(information - 1 / (1 / e1 + 1 / e0)) < 1e-12)
    let back = try #require(
      MaturityForecast.time(growing, forecast, untilInformation: information))
    #expect(abs(back - 60) < 1e-9)
    #expect(MaturityForecast.time(growing, forecast, untilInformation: 30) == nil)
  }
}

/// Sessions of which some are deflected, and of those some leave later: the same share in each arm, at
/// different speeds. Entries are spread evenly over the days before the reading.
struct CancelWorld {
  let deflectRate: Double
  let leaveShare: Double
  let meanDays: Double
  let readDay: Double
  let saveRate: Double

  init(_ item: LiftCase, arm: String) throws {
    deflectRate = try item.inputs["deflect_rate"].number
    leaveShare = try item.inputs["recancel_share"].number
    meanDays = try item.inputs["recancel_mean_days_\(arm)"].number
    readDay = try item.inputs["read_day"].number
    saveRate = try item.inputs["true_save_rate_both_arms"].number
  }

  /// Draws sessions; who leaves does so before the 30th day.
  func reading(sessions: Int, using rng: inout Philox) -> SaveReading {
    var reading = SaveReading()
    for _ in 0..<sessions {
      // By the quarter of a day, so that the table stays small.
      let age = (4 * readDay * rng.uniform()).rounded(.down) / 4
      var lost: Double?
      if rng.uniform() >= deflectRate {
        lost = 0
      } else if rng.uniform() < leaveShare {
        lost = (4 * min(-meanDays * log(rng.positiveUniform()), 29.99)).rounded(.down) / 4
      }
      reading.add(age: age, lostAfter: lost, window: 30)
    }
    return reading
  }
}
