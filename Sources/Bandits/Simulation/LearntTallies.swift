internal import Inference
internal import Probability

/// What a replication has learnt, by cell and arm, and which arm it would recommend.
struct LearntTallies {
  private let armCount: Int
  private var trials: [Double]
  private var rewards: [Double]

  init(cellCount: Int, armCount: Int) {
    self.armCount = armCount
    trials = Array(repeating: 0, count: cellCount * armCount)
    rewards = trials
  }

  @inline(__always)
  mutating func add(_ outcome: Outcome) {
    let place = outcome.place(armCount)
    trials[place] += 1
    rewards[place] += outcome.reward
  }

  /// The arm of greatest posterior mean `(s + 1)/(n + 2)` in a cell; the first of equals.
  func recommendation(in cell: Int) -> Arm {
    var best = (arm: 0, mean: -Double.infinity)
    for arm in 0..<armCount {
      let place = cell * armCount + arm
      let mean = (rewards[place] + 1) / (trials[place] + 2)
      if mean > best.mean { best = (arm, mean) }
    }
    return Arm(best.arm)
  }

  /// The posterior of each arm's rate under a uniform prior, all cells together.
  var posteriors: [BetaDistribution] {
    (0..<armCount).map { arm in
      var (count, sum) = (0.0, 0.0)
      for place in stride(from: arm, to: trials.count, by: armCount) {
        count += trials[place]
        sum += rewards[place]
      }
      return BetaDistribution.uniform.adding(successes: sum, failures: count - sum)
    }
  }
}
