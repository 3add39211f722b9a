import Bandits
import Probability

/// The experiment of Hadad et al. (2021): three arms with uniform noise on [−1, 1], and Gaussian Thompson
/// sampling of which 20 draws make the probabilities, never below `t^−0.7/3`.
///
/// Each arm is first shown five times in turn, as in the authors' code.
struct HadadDesign {
  static let floor = DecayingFloor(start: 1.0 / 3, decay: 0.7)
  var means = [1.0, 1, 1]
  var horizon = 1_000

  func log(_ index: Int) throws -> AdaptiveLog {
    var rng = Philox(StreamKey(seed: 350, purpose: .generation, index: UInt64(index)))
    let armCount = means.count
    var (counts, sums, squares) = (
      Array(repeating: 0.0, count: armCount), Array(repeating: 0.0, count: armCount),
      Array(repeating: 0.0, count: armCount)
    )
    var (arms, rewards, table): ([Int32], [Double], [Double]) = ([], [], [])
    for time in 1...horizon {
      var row = Array(repeating: 1 / Double(armCount), count: armCount)
      var arm = (time - 1) % armCount
      if time > 5 * armCount {
        row = probabilities(counts, sums, squares, Self.floor.probability(at: time), &rng)
        let uniform = rng.uniform()
        var total = 0.0
        arm =
          row.firstIndex {
            total += $0; return uniform < total
          } ?? armCount - 1
      }
      let reward = means[arm] + 2 * rng.uniform() - 1
      counts[arm] += 1
      sums[arm] += reward
      squares[arm] += reward * reward
      arms.append(Int32(arm))
      rewards.append(reward)
      table += row
    }
    return try AdaptiveLog(
      arms: arms, rewards: rewards,
      propensities: ActionTable(cellCount: horizon, armCount: armCount, values: table))
  }

  /// The shares of 20 draws from posteriors under a standard normal prior, raised to the floor.
  private func probabilities(
    _ counts: [Double], _ sums: [Double], _ squares: [Double], _ floor: Double,
    _ rng: inout Philox
  ) -> [Double] {
    var shares = Array(repeating: 0.0, count: counts.count)
    for _ in 0..<20 {
      var best = (arm: 0, draw: -Double.infinity)
      for arm in counts.indices {
        let mean = sums[arm] / counts[arm]
        let variance = max(squares[arm] / counts[arm] - mean * mean, 1e-12)
        let posterior = (
          mean: counts[arm] / (variance + counts[arm]) * mean,
          deviation: (1 / (counts[arm] / variance + 1)).squareRoot()
        )
        let draw = posterior.mean + posterior.deviation * StandardNormal.draw(using: &rng)
        if draw > best.draw { best = (arm, draw) }
      }
      shares[best.arm] += 0.05
    }
    let raised = shares.map { max($0, floor) }
    let surplus = raised.map { $0 - floor }
    let factor = (raised.reduce(0, +) - 1) / surplus.reduce(0, +)
    return zip(raised, surplus).map { $0 - factor * $1 }
  }
}
