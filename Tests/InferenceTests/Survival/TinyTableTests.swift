import Inference
import Testing

/// Every table of a few sessions: whatever is not refused has an answer that is a number.
@Suite struct TinyTableTests {
  /// All tables of up to so many sessions at times 0, 1 and 2, of so many causes and censoring.
  static func tables(of sessions: Int, causes: Int) -> [CompetingRiskTable] {
    var all = [CompetingRiskTable()]
    var latest = [(table: CompetingRiskTable(), from: 0)]
    var kinds: [(time: Double, cause: Int?)] = []
    for time in [0.0, 1, 2] {
      kinds.append((time, nil))
      for cause in 0..<causes { kinds.append((time, cause)) }
    }
    for _ in 0..<sessions {
      latest = latest.flatMap { (table, from) in
        (from..<kinds.count).map { kind in
          var next = table
          next.add(duration: kinds[kind].time, cause: kinds[kind].cause)
          return (next, kind)
        }
      }
      all += latest.map(\.table)
    }
    return all
  }

  private func check(_ test: some HypothesisTest) {
    #expect(!test.estimate.isNaN)
    for alternative in Alternative.allCases {
      let p = test.pValue(alternative)
      #expect(0 <= p && p <= 1)
    }
    // An interval cannot be made from numbers that are none.
    #expect(test.interval(level: 0.9).contains(test.estimate))
  }

  @Test func testsOfLifeTables() {
    let offers = Self.tables(of: 3, causes: 1).map(\.anyCause)
    let controls = Self.tables(of: 2, causes: 1).map(\.anyCause)
    var answers = 0
    for entry in LiftCatalogue.survival {
      for offer in offers {
        for control in controls {
          guard let test = try? entry.compare(offer, control) else { continue }
          answers += 1
          check(test)
        }
      }
    }
    #expect(answers > 3_000)
  }

  @Test func curves() throws {
    for table in Self.tables(of: 4, causes: 1).map(\.anyCause) where table.count > 0 {
      let curve = try KaplanMeier(table)
      let hazard = try NelsonAalen(table, ties: .broken)
      for time in [0, 0.5, 1, 2, 3] {
        for scale in SurvivalScale.allCases {
          #expect(curve.interval(at: time, scale: scale).contains(curve.survival(at: time)))
          #expect(curve.quantileInterval(0.5, scale: scale).lower >= 0)
        }
        #expect(hazard.interval(at: time).contains(hazard.cumulativeHazard(at: time)))
        // −ln Ŝ ≥ Ĥ with ties broken, as −ln(1 − x) ≥ x.
        let survival = curve.survival(at: time)
        #expect(hazard.survival(at: time) >= survival - 1e-15)
      }
      let forecast = try MaturityForecast(table, window: 3, arrivals: 1)
      #expect(forecast.expectedEvents(within: 5) >= 0)
    }
  }

  @Test func competingRisks() {
    let tables = Self.tables(of: 2, causes: 2)
    for offer in tables {
      for control in tables {
        if let test = try? IncidenceDifferenceTest(offer: offer, control: control, cause: 0) {
          check(test)
        }
        if let gray = try? GrayTest(arms: [control, offer], cause: 1) {
          #expect(gray.chiSquared >= 0)
        }
      }
    }
  }
}
