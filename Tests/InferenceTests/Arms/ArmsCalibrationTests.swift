import Inference
import Probability
import Testing

/// How often any false finding is made where some of four offers differ from the control and others do
/// not: the family-wise error under all 15 partial nulls.
///
/// An estimated share of `p` from `r` replications has a Monte Carlo error of `√(p(1−p)/r)`; limits are
/// 3.89 of them (false alarm 1e-4) above the level.
@Suite struct ArmsCalibrationTests {
  /// Which of four offers have no effect: every set of them but none.
  static let partialNulls = (1..<16).map { mask in (0..<4).filter { mask >> $0 & 1 == 1 } }

  static func limit(_ replications: Int) -> Double {
    0.05 + 3.89 * (0.05 * 0.95 / Double(replications)).squareRoot()
  }

  private static func normals(_ count: Int, mean: Double, _ rng: inout Philox) -> Moments {
    var moments = Moments()
    for _ in 0..<count { moments.add(mean + StandardNormal.draw(using: &rng)) }
    return moments
  }

  @Test(arguments: partialNulls)
  func dunnettForMeans(_ nulls: [Int]) throws {
    let (replications, sizes) = (3_000, [7, 5, 9, 4])
    var findings = 0
    // The critical value depends on the sizes alone.
    var critical: Double?
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_031, purpose: .world, index: UInt64(replication)))
      let control = Self.normals(10, mean: 0, &rng)
      let offers = sizes.indices.map { arm in
        Self.normals(sizes[arm], mean: nulls.contains(arm) ? 0 : 2, &rng)
      }
      let test = try DunnettTest(control: control, treatments: offers)
      let value = critical ?? test.criticalValues()[0]
      critical = value
      if nulls.contains(where: { abs(test.statistics[$0]) > value }) { findings += 1 }
    }
    let share = Double(findings) / Double(replications)
    #expect(share < Self.limit(replications))
    // Exact where no offer has an effect: as much as 5 %, not less.
    if nulls.count == 4 { #expect(share > 0.1 - Self.limit(replications)) }
  }

  /// The positive control: four t tests without adjustment.
  @Test func fourUnadjustedTestsFail() throws {
    let replications = 1_000
    var findings = 0
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_032, purpose: .world, index: UInt64(replication)))
      let control = Self.normals(10, mean: 0, &rng)
      let found = try (0..<4).contains { _ in
        try WelchTest(offer: Self.normals(10, mean: 0, &rng), control: control).pValue() < 0.05
      }
      if found { findings += 1 }
    }
    #expect(Double(findings) / Double(replications) > Self.limit(replications))
  }

  /// Proportions of 300 sessions an arm, and a rate of 10 % or 20 %.
  @Test(arguments: partialNulls)
  func dunnettForProportions(_ nulls: [Int]) throws {
    let replications = 300
    var findings = 0
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_034, purpose: .world, index: UInt64(replication)))
      func tally(_ rate: Double) -> Tally {
        let law = BinomialDistribution(trials: 300, probability: rate)
        return Tally(successes: Int(law.draw(using: &rng)), trials: 300)
      }
      let control = tally(0.1)
      let offers = (0..<4).map { tally(nulls.contains($0) ? 0.1 : 0.2) }
      let test = try DunnettTest(control: control, treatments: offers, addedToEachCell: 0.5)
      let z = test.statistics
      // The critical value of four comparisons is above 2.3 whatever their correlations here.
      if nulls.contains(where: { abs(z[$0]) > 2.3 }) {
        let p = test.pValues()
        if nulls.contains(where: { p[$0] < 0.05 }) { findings += 1 }
      }
    }
    #expect(Double(findings) / Double(replications) < Self.limit(replications))
  }

  /// Two correlated outcomes of five arms of twelve sessions, step down.
  @Test(arguments: partialNulls)
  func maxT(_ nulls: [Int]) throws {
    let replications = 120
    var findings = 0
    for replication in 0..<replications {
      var rng = Philox(StreamKey(seed: 4_035, purpose: .world, index: UInt64(replication)))
      func rows(_ effect: Double) -> [[Double]] {
        (0..<12).map { _ in
          let shared = StandardNormal.draw(using: &rng)
          return [effect, 0].map { $0 + shared + StandardNormal.draw(using: &rng) }
        }
      }
      let control = rows(0)
      let offers = (0..<4).map { rows(nulls.contains($0) ? 0 : 3) }
      let test = try WestfallYoungTest(
        control: control, treatments: offers, shuffles: 199,
        key: StreamKey(seed: UInt64(replication), purpose: .permutation))
      // The second outcome never differs.
      let isFalse = test.hypotheses.contains { hypothesis in
        hypothesis.stepDownPValue <= 0.05
          && (hypothesis.metric == 1 || nulls.contains(hypothesis.arm - 1))
      }
      if isFalse { findings += 1 }
    }
    #expect(Double(findings) / Double(replications) < Self.limit(replications))
  }
}
