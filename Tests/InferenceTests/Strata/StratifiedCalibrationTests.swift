import Inference
import Probability
import Testing

/// How often stratified tests reject where there is nothing to find, though strata differ tenfold in
/// their rates and get the arms in opposite shares.
///
/// An estimated size of `p` from `r` replications has a Monte Carlo error of `√(p(1−p)/r)`; limits are
/// 3.89 of them (false alarm 1e-4).
@Suite struct StratifiedCalibrationTests {
  /// Sessions of offer and control, and the rate that both have.
  static let strata = [(160, 40, 0.05), (100, 100, 0.2), (40, 160, 0.5)]

  @Test func confoundingByStrataMisleadsOnlyThePooledTest() throws {
    let replications = 1_000
    let names = [
      "cochranMantelHaenszel", "mantelHaenszelOddsRatio", "mantelHaenszelDifference",
      "mantelHaenszelRatio", "stratifiedScoreRatio", "stratifiedMidP",
    ]
    let entries = LiftCatalogue.strata.filter { names.contains($0.name) }
    #expect(entries.count == names.count)
    var (rejections, exact, pooled) = (Array(repeating: 0, count: entries.count), 0, 0)
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_030, purpose: .world, index: UInt64(replication)))
      func draw(_ trials: Int, _ rate: Double) -> Tally {
        let law = BinomialDistribution(trials: trials, probability: rate)
        return Tally(successes: Int(law.draw(using: &rng)), trials: trials)
      }
      let offer = StratifiedTally(Self.strata.map { draw($0.0, $0.2) })
      let control = StratifiedTally(Self.strata.map { draw($0.1, $0.2) })
      for (index, entry) in entries.enumerated() {
        if try entry.compare(offer, control).pValue(.twoSided) < 0.05 { rejections[index] += 1 }
      }
      if try StratifiedExactTest(offer: offer, control: control).pValue() < 0.05 { exact += 1 }
      if try PooledZTest(offer: offer.pooled, control: control.pooled).pValue() < 0.05 {
        pooled += 1
      }
    }
    let error = 3.89 * (0.05 * 0.95 / Double(replications)).squareRoot()
    for (entry, count) in zip(entries, rejections) {
      let size = Double(count) / Double(replications)
      #expect(abs(size - 0.05) < error, "\(entry.name): \(size)")
    }
    #expect(Double(exact) / Double(replications) < 0.05 + error)
    // The positive control: put together, the strata make the offer look far worse.
    #expect(Double(pooled) / Double(replications) > 0.99)
  }

  /// The exact test's size over all tables of two small strata, by enumeration: never above the level.
  @Test(arguments: [0.1, 0.3, 0.5])
  func exactSizeIsNeverAboveTheLevel(_ rate: Double) throws {
    let sizes = [(4, 3), (3, 5)]
    let laws = sizes.flatMap { [$0.0, $0.1] }.map {
      BinomialDistribution(trials: $0, probability: rate)
    }
    var size = 0.0
    for index in 0..<(5 * 4 * 4 * 6) {
      let x = [index % 5, index / 5 % 4, index / 20 % 4, index / 80]
      let tallies = x.indices.map {
        Tally(successes: x[$0], trials: [sizes[0].0, sizes[0].1, sizes[1].0, sizes[1].1][$0])
      }
      let test = try? StratifiedExactTest(
        offer: StratifiedTally([tallies[0], tallies[2]]),
        control: StratifiedTally([tallies[1], tallies[3]]), rule: .minimumLikelihood)
      if let test, test.pValue() <= 0.05 {
        size += x.indices.reduce(1) { $0 * laws[$1].mass(x[$1]) }
      }
    }
    #expect(size <= 0.05)
  }
}
