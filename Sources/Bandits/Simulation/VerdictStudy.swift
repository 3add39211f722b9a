public import Inference

/// When an experiment stops, and what it says then.
///
/// It names an arm once the posterior probability that the arm is the best for everybody reaches a
/// confidence: with one cell under a uniform prior of every rate, with several by the arm's rate averaged
/// over the cells as often as they come. Where outcomes take days, sessions count whose window has closed.
public struct VerdictRule: Hashable, Sendable {
  /// The posterior probability that suffices.
  public let confidence: Double
  /// The number of sessions from one look to the next.
  public let interval: Int

  /// Creates a rule.
  public init(confidence: Double, every interval: Int = 1) {
    precondition(0.5 < confidence && confidence < 1, "a confidence lies between ½ and 1")
    precondition(interval > 0, "looks are a session or more apart")
    self.confidence = confidence
    self.interval = interval
  }

  /// The arm that is named, if any.
  func winner(_ tallies: LearntTallies, in world: RetentionWorld) -> Int? {
    tallies.probabilitiesOfBest(shares: world.start.shares).firstIndex { $0 >= confidence }
  }
}

/// How soon a policy's data name a winner, and how often a false one, over replications.
public struct VerdictSummary: Hashable, Sendable {
  /// The number of sessions until the verdict, a value for each replication that came to one.
  public fileprivate(set) var sessions = Moments()
  /// The replications that named an arm of the greatest value.
  public fileprivate(set) var correct = 0
  /// The replications that named another.
  public fileprivate(set) var falseWinners = 0
  /// The replications that named none by the horizon.
  public fileprivate(set) var undecided = 0

  /// The share of all replications that named a false winner.
  public var falseWinnerRate: Tally {
    Tally(successes: falseWinners, trials: correct + falseWinners + undecided)
  }
}

extension Simulation {
  /// Runs a policy until a rule names a winner, in every replication.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start of every replication.
  ///   - world: The world; the best arm is that of the greatest mean rate over cells at the start.
  ///   - rule: When a winner is named.
  ///   - threads: The number of replications that run at the same time; the result does not depend
  ///     on it.
  ///   - onReplication: Called after each replication with the number that are done.
  /// - Returns: How soon and how rightly a winner was named.
  /// - Complexity: O(replications · horizon) choices, and a quadrature for each look.
  public nonisolated(nonsending) func verdicts<P: Policy>(
    _ policy: P, in world: RetentionWorld, by rule: VerdictRule, threads: Int = 1,
    onReplication: (Int) -> Void = { _ in }
  ) async -> VerdictSummary {
    check(policy.armCount, world)
    let verdicts = await replicate(threads: threads, onReplication: onReplication) { index in
      verdict(policy, in: world, rule, index: index)
    }
    let values = (0..<world.armCount).map { arm in
      world.start.value(
        of: ActionTable(
          of: FixedPolicy(Arm(arm), armCount: world.armCount), cellCount: world.cellCount))
    }
    let best = values.reduce(-Double.infinity, max)
    return verdicts.reduce(into: VerdictSummary()) { summary, verdict in
      guard let verdict else {
        summary.undecided += 1
        return
      }
      summary.sessions.add(Double(verdict.sessions))
      if values[verdict.arm] == best { summary.correct += 1 } else { summary.falseWinners += 1 }
    }
  }

  private func verdict<P: Policy>(
    _ policy: P, in world: RetentionWorld, _ rule: VerdictRule, index: UInt64
  ) -> (sessions: Int, arm: Int)? {
    var replication = Replication(policy, in: world, self, index: index)
    while replication.progress.time < horizon {
      replication.step()
      let time = replication.progress.time
      if time % rule.interval == 0, let arm = rule.winner(replication.tallies, in: world) {
        return (time, arm)
      }
    }
    return nil
  }
}
