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

  /// The posterior probability of each arm that its rate, on average over the cells as often as they come,
  /// is the greatest.
  ///
  /// With one cell by beta posteriors under a uniform prior. With several an arm's rate is
  /// `Σ_c share_c p_{c,a}`: each cell stands for itself, so that a policy that shows an arm where it does
  /// well makes it no better. Its law is taken to be normal with the mean and variance of that sum, under
  /// beta priors worth two sessions at the mean of all.
  func probabilitiesOfBest(shares: [Double]) -> [Double] {
    guard shares.count > 1 else {
      return BetaComparison.probabilitiesOfBest(
        (0..<armCount).map { arm in
          BetaDistribution.uniform.adding(
            successes: rewards[arm], failures: trials[arm] - rewards[arm])
        })
    }
    let mean = (rewards.reduce(0, +) + 1) / (trials.reduce(0, +) + 2)
    let prior = BetaDistribution(alpha: 2 * mean, beta: 2 * (1 - mean))
    return NormalComparison.probabilitiesOfBest(
      (0..<armCount).map { arm in
        var (sum, variance) = (0.0, 0.0)
        for (cell, share) in shares.enumerated() where share > 0 {
          let place = cell * armCount + arm
          let law = prior.adding(
            successes: rewards[place], failures: trials[place] - rewards[place])
          sum += share * law.mean
          variance += share * share * law.variance
        }
        return NormalDistribution(mean: sum, standardDeviation: variance.squareRoot())
      })
  }
}
