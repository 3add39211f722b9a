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
    await run(
      policy, in: RetentionWorld(world), threads: threads, onReplication: onReplication)
  }

  /// Runs a policy through a world with drift, delays, costs or a budget.
  ///
  /// - Parameters:
  ///   - policy: The policy as it is at the start of every replication.
  ///   - world: The world.
  ///   - threads: The number of replications that run at the same time; the result does not depend
  ///     on it.
  ///   - onReplication: Called after each replication with the number that are done.
  /// - Returns: Regret, reward, spend and what the policy would recommend, at each checkpoint.
  /// - Complexity: O(replications · horizon) choices.
  public nonisolated(nonsending) func run<P: Policy>(
    _ policy: P, in world: RetentionWorld, threads: Int = 1,
    onReplication: (Int) -> Void = { _ in }
  ) async -> RegretCurve {
    check(policy.armCount, world)
    let progress = await replicate(threads: threads, onReplication: onReplication) { index in
      Replication.run(policy, in: world, self, index: index)
    }
    return RegretCurve(merging: progress.map { RegretCurve($0) })
  }

  /// The results of all replications in their order, several worked out at the same time.
  nonisolated(nonsending) func replicate<Result: Sendable>(
    threads: Int, onReplication: (Int) -> Void,
    _ work: @escaping @Sendable (_ index: UInt64) -> Result
  ) async -> [Result] {
    var results: [Result?] = Array(repeating: nil, count: replications)
    await withTaskGroup(of: (Int, Result).self) { group in
      var started = 0
      var done = 0
      func startNext() {
        guard started < replications else { return }
        let index = started
        started += 1
        group.addTask { (index, work(UInt64(index))) }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for await (index, result) in group {
        results[index] = result
        done += 1
        onReplication(done)
        startNext()
      }
    }
    return results.compactMap { $0 }
  }

  func check(_ armCount: Int, _ world: RetentionWorld) {
    precondition(replications > 0 && horizon > 0, "a simulation has a replication and a session")
    precondition(batchSize > 0 && delay >= 0, "a batch has a session and a delay is not negative")
    precondition(armCount == world.armCount, "the policy has the arms of the world")
    precondition(
      !checkpoints.isEmpty && checkpoints[0] > 0
        && zip(checkpoints, checkpoints.dropFirst()).allSatisfy { $0 < $1 }
        && checkpoints[checkpoints.count - 1] <= horizon,
      "checkpoints increase from 1 to the horizon")
    precondition(
      world.drift.map {
        $0.target.cellCount == world.cellCount && $0.target.armCount == armCount
      } ?? true, "a drift has the cells and arms of the world")
    precondition(
      world.costs.map { $0.perShow.count == armCount } ?? true, "every arm has a cost or none has")
    precondition(
      world.timing == nil || delay == 0, "a world that says when outcomes are known has no delay")
    precondition(
      world.budget.map { world.costs != nil && $0 >= 0 } ?? true, "a budget is spent on costs")
  }
}
