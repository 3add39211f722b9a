internal import Inference

/// The difference of the mean rewards of an arm and the baseline over some sessions, with its error.
///
/// The variance is `s²/n` summed over the two arms; where customers come back, residuals are summed
/// by customer first, as in ``ArmContrast``.
struct ArmDifference {
  /// The number of sessions of the arm and of the baseline.
  let (arm, baseline): (Int, Int)
  /// The mean rewards.
  let means: (arm: Double, baseline: Double)
  /// The variance of the difference.
  let variance: Double
  /// The saved sessions of both arms where rewards are 0 or 1.
  let sums: (arm: Double, baseline: Double)

  var difference: Double { means.arm - means.baseline }

  /// - Returns: Nil if an arm has fewer than two sessions.
  /// - Complexity: O(*m* + *G*).
  init?(
    _ data: SegmentData, _ rows: [Int], arm: Int, baseline: Int, customers: CustomerIndex
  ) {
    var (counts, sums) = ([0, 0], [0.0, 0])
    for row in rows {
      guard let side = Self.side(data.arms[row], arm, baseline) else { continue }
      counts[side] += 1
      sums[side] += data.rewards[row]
    }
    guard counts[0] > 1, counts[1] > 1 else { return nil }
    let means = [sums[0] / Double(counts[0]), sums[1] / Double(counts[1])]
    let scales = counts.map { 1 / (Double($0) * Double($0 - 1)).squareRoot() }
    var variance = 0.0
    var byCustomer = customers.hasRepeats ? customers.zeros : []
    for row in rows {
      guard let side = Self.side(data.arms[row], arm, baseline) else { continue }
      let residual = (data.rewards[row] - means[side]) * scales[side] * (side == 0 ? 1 : -1)
      if customers.hasRepeats {
        byCustomer[customers.places[row]] += residual
      } else {
        variance += residual * residual
      }
    }
    for sum in byCustomer { variance += sum * sum }
    (self.arm, self.baseline) = (counts[0], counts[1])
    self.means = (means[0], means[1])
    self.sums = (sums[0], sums[1])
    self.variance = variance
  }

  /// The effect with its interval: Newcombe's for shares of single sessions, else Wald's.
  func effect(level: Double, isScoreInterval: Bool) -> SegmentEffect? {
    guard let test = WaldTest(estimate: difference, standardError: variance.squareRoot()) else {
      return nil
    }
    let interval =
      isScoreInterval
      ? NewcombeInterval(level: level).difference(
        Tally(successes: Int(sums.arm), trials: arm),
        Tally(successes: Int(sums.baseline), trials: baseline))
      : test.interval(level: level)
    return SegmentEffect(
      difference: difference, standardError: test.standardError, interval: interval)
  }

  private static func side(_ code: Int32, _ arm: Int, _ baseline: Int) -> Int? {
    code == Int32(arm) ? 0 : code == Int32(baseline) ? 1 : nil
  }
}
