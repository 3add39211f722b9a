internal import Probability

/// One run of one policy through one world.
struct Replication {
  /// What a replication has summed up at a time.
  struct Progress: Sendable {
    var time = 0
    var regret = 0.0
    var reward = 0.0
    var optimalChoices = 0

    init() {}
  }

  /// A choice the reward of which the policy has not learnt yet.
  struct Outcome {
    let arm: Arm
    let context: Context
    let reward: Double

    init(_ arm: Arm, _ context: Context, _ reward: Double) {
      self.arm = arm
      self.context = context
      self.reward = reward
    }
  }

  /// Runs a policy and keeps its progress at each checkpoint.
  ///
  /// Customers and policy draw from streams of their own, so two policies with the same seed meet the
  /// same customers.
  static func run(
    _ policy: some Policy, in world: BernoulliWorld, _ plan: Simulation, index: UInt64
  ) -> [Progress] {
    var policy = policy
    var customers = Philox(StreamKey(seed: plan.seed, purpose: .world, index: index))
    var choices = Philox(StreamKey(seed: plan.seed, purpose: .policy, index: index))
    var open: [Outcome] = []
    var firstOpen = 0
    var progress = Progress()
    var kept: [Progress] = []
    kept.reserveCapacity(plan.checkpoints.count)

    for time in 1...plan.horizon {
      // 1. A customer comes, the policy chooses, the world answers.
      let context = world.arrival(using: &customers)
      let arm = policy.choose(in: context, using: &choices)
      let reward = world.reward(of: arm, in: context, using: &customers)
      // 2. What the choice was worth, by the truth.
      let best = world.bestRate(in: context)
      let rate = world.rates[context.cell, arm.index]
      progress.time = time
      progress.regret += best - rate
      progress.reward += reward
      progress.optimalChoices += rate == best ? 1 : 0
      // 3. The policy learns, at the end of a batch, the outcomes that are old enough.
      open.append(Outcome(arm, context, reward))
      if time % plan.batchSize == 0 {
        let known = max(firstOpen, open.count - plan.delay)
        for outcome in open[firstOpen..<known] {
          policy.learn(outcome.arm, reward: outcome.reward, in: outcome.context)
        }
        firstOpen = known
        // Outcomes learnt are dropped when they are the greater part.
        if firstOpen > 64, firstOpen * 2 > open.count {
          open.removeFirst(firstOpen)
          firstOpen = 0
        }
      }
      if kept.count < plan.checkpoints.count, time == plan.checkpoints[kept.count] {
        kept.append(progress)
      }
    }
    return kept
  }
}
