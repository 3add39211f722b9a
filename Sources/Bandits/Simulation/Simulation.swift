internal import Inference

/// An experiment in a world with known truth: how a policy fares, over many replications.
///
/// Replication *i* has random streams of its own, named by the seed and *i*, and the results are
/// merged in the order of the replications. So the curve is the same, to the last bit, for any number
/// of threads, and two policies with one seed are compared on the same customers.
public struct Simulation: Hashable, Sendable {
  /// The number of replications.
  public var replications: Int
  /// The number of sessions of each.
  public var horizon: Int
  /// The times at which progress is kept, increasing, none beyond the horizon.
  public var checkpoints: [Int]
  /// The number of sessions after which the policy learns; one learns after each.
  public var batchSize = 1
  /// The number of later sessions after which an outcome can be learnt; zero is at once.
  public var delay = 0
  /// The seed of the streams.
  public var seed: UInt64

  /// Plans a simulation.
  ///
  /// - Parameters:
  ///   - replications: The number of replications, at least one.
  ///   - horizon: The number of sessions of each, at least one.
  ///   - checkpoints: The times at which progress is kept; nil keeps the end alone.
  ///   - seed: The seed of the streams.
  public init(replications: Int, horizon: Int, checkpoints: [Int]? = nil, seed: UInt64) {
    self.replications = replications
    self.horizon = horizon
    self.checkpoints = checkpoints ?? [horizon]
    self.seed = seed
  }

  /// Runs a policy through a world.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start of every replication.
  ///   - world: The world.
  ///   - threads: The number of replications that run at the same time; the result does not depend
  ///     on it.
  ///   - onReplication: Called after each replication with the number that are done.
  /// - Returns: The regret, reward and optimal share at each checkpoint.
  /// - Complexity: O(replications · horizon) choices.
  public nonisolated(nonsending) func run<P: Policy>(
    _ policy: P, in world: BernoulliWorld, threads: Int = 1,
    onReplication: (Int) -> Void = { _ in }
  ) async -> RegretCurve {
    check(policy.armCount, world)
    var results: [Int: [Replication.Progress]] = [:]
    results.reserveCapacity(replications)
    await withTaskGroup(of: (Int, [Replication.Progress]).self) { group in
      var started = 0
      func startNext() {
        guard started < replications else { return }
        let index = started
        started += 1
        group.addTask {
          (index, Replication.run(policy, in: world, self, index: UInt64(index)))
        }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for await (index, progress) in group {
        results[index] = progress
        onReplication(results.count)
        startNext()
      }
    }
    return curve(of: results)
  }

  func check(_ armCount: Int, _ world: BernoulliWorld) {
    precondition(replications > 0 && horizon > 0, "a simulation has a replication and a session")
    precondition(batchSize > 0 && delay >= 0, "a batch has a session and a delay is not negative")
    precondition(armCount == world.armCount, "the policy has the arms of the world")
    precondition(
      !checkpoints.isEmpty && checkpoints[0] > 0
        && zip(checkpoints, checkpoints.dropFirst()).allSatisfy { $0 < $1 }
        && checkpoints[checkpoints.count - 1] <= horizon,
      "checkpoints increase from 1 to the horizon")
  }

  /// The replications merged in their order.
  func curve(of results: [Int: [Replication.Progress]]) -> RegretCurve {
    RegretCurve(merging: (0..<replications).map { RegretCurve(results[$0] ?? []) })
  }
}
