import Bandits
import Probability

/// Ten batches of 200 sessions: after the first, the arm of the greater mean gets nine sessions in ten.
enum GreedyBatches {
  static func log(_ index: Int) throws -> AdaptiveLog {
    var rng = Philox(StreamKey(seed: 351, purpose: .generation, index: UInt64(index)))
    var (arms, rewards, batches, table): ([Int32], [Double], [Int32], [Double]) = ([], [], [], [])
    var (counts, sums) = ([0.0, 0], [0.0, 0])
    var share = 0.5
    for batch in 0..<10 {
      table += [1 - share, share]
      for _ in 0..<200 {
        let arm = rng.uniform() < share ? 1 : 0
        let reward: Double = rng.uniform() < 0.3 ? 1 : 0
        counts[arm] += 1
        sums[arm] += reward
        arms.append(Int32(arm))
        rewards.append(reward)
        batches.append(Int32(batch))
      }
      share = sums[1] / counts[1] > sums[0] / counts[0] ? 0.9 : 0.1
    }
    return try AdaptiveLog(
      arms: arms, rewards: rewards, batches: batches,
      propensities: ActionTable(cellCount: 10, armCount: 2, values: table))
  }
}
