import Inference
import Probability
import TestSupport
import Testing

/// How often tests reject where there is nothing to find: arms of equal curves, watched for up to 30
/// days, about half of the windows open.
///
/// An estimated size of `p` from `r` replications has a Monte Carlo error of `√(p(1−p)/r)`; limits
/// are 3.89 of them (false alarm 1e-4) around the sizes that a longer run gave.
@Suite struct SurvivalCalibrationTests {
  /// The share of replications in which each test of a list rejects at 5 %.
  static func sizes(
    sessions: Int, replications: Int, _ tests: [LiftCatalogue.Entry<LifeTable>]
  ) -> [Double] {
    var rejections = Array(repeating: 0, count: tests.count)
    for replication in 0..<replications {
      var rng = Philox(
        StreamKey(
          seed: 4_008, purpose: .world, index: UInt64(sessions) << 32 | UInt64(replication)))
      let (offer, control) = (arm(sessions, &rng), arm(sessions, &rng))
      for (index, entry) in tests.enumerated() {
        // Data without an answer are not a rejection.
        guard let test = try? entry.compare(offer, control) else { continue }
        if test.pValue(.twoSided) < 0.05 { rejections[index] += 1 }
      }
    }
    return rejections.map { Double($0) / Double(replications) }
  }

  /// Leaves at 3 % a day, entries spread over 45 days.
  private static func arm(_ sessions: Int, _ rng: inout Philox) -> LifeTable {
    var (events, censored) = (Array(repeating: 0, count: 31), Array(repeating: 0, count: 31))
    let life = ExponentialDistribution(mean: 33)
    for _ in 0..<sessions {
      let (leaves, age) = (Int(life.draw(using: &rng)) + 1, min(30, Int(45 * rng.uniform()) + 1))
      if leaves <= age { events[leaves] += 1 } else { censored[age] += 1 }
    }
    var table = LifeTable()
    for day in events.indices {
      table.add(duration: Double(day), events: events[day], censored: censored[day])
    }
    return table
  }

  /// The sizes of 5 % tests that are not 5 % in arms of 20, from 100,000 replications (Monte Carlo error
  /// below 0.001).
  ///
  /// At the horizon three of 20 sessions are at risk, and Greenwood's variance is too small; the
  /// log-log form is made for that.
  static let sizesAtTwenty = [
    "horizonDifference": 0.102, "restrictedMeanDifference": 0.0688, "restrictedMeanRatio": 0.0554,
    "hazardRatio": 0.0435, "logRank": 0.0528, "lateFlemingHarrington": 0.0543,
  ]

  @Test(arguments: [(20, 8_000), (200, 2_000), (2_000, 1_000)])
  func sizesNearTheirLevel(sessions: Int, replications: Int) throws {
    let sizes = Self.sizes(
      sessions: sessions, replications: replications, LiftCatalogue.survival)
    for (entry, size) in zip(LiftCatalogue.survival, sizes) {
      let wanted = sessions == 20 ? Self.sizesAtTwenty[entry.name] ?? 0.05 : 0.05
      let error = (wanted * (1 - wanted) / Double(replications)).squareRoot()
      #expect(
        abs(size - wanted) < 3.89 * error, "\(entry.name) at \(sessions): \(size), not \(wanted)")
    }
  }

  /// The positive control: with one true save rate and two speeds of leaving, the shares "not
  /// cancelled yet" differ. A test of them rejects nearly always; mature sessions alone, and all
  /// sessions with censoring, reject at the level.
  @Test(arguments: try LiftCase.cases(of: "naive_vs_mature_save_rate"))
  func countingOpenWindowsAsKeptFails(_ item: LiftCase) throws {
    let (fast, slow) = (try CancelWorld(item, arm: "A"), try CancelWorld(item, arm: "B"))
    var (naive, mature, censored) = (0, 0, 0)
    let replications = 400
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_009, purpose: .world, index: UInt64(replication)))
      let control = fast.reading(sessions: 2_000, using: &rng)
      let offer = slow.reading(sessions: 2_000, using: &rng)
      func rejects(_ test: some HypothesisTest) -> Int { test.pValue(.twoSided) < 0.05 ? 1 : 0 }
      naive += rejects(try PooledZTest(offer: offer.naive, control: control.naive))
      mature += rejects(try PooledZTest(offer: offer.mature, control: control.mature))
      censored += rejects(
        try HorizonLogLogTest(offer: offer.table, control: control.table, horizon: 30))
    }
    let error = 3.89 * (0.05 * 0.95 / Double(replications)).squareRoot()
    #expect(abs(Double(mature) / Double(replications) - 0.05) < error)
    #expect(abs(Double(censored) / Double(replications) - 0.05) < error)
    #expect(Double(naive) / Double(replications) > 0.8)
  }
}
