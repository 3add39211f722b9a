internal import Probability

/// Replications of an experiment, each with a random stream of its own, and counts over all of them.
///
/// Replication *i* draws from the child *i* of a key, so that the counts are the same for any number of
/// threads.
struct Replications {
  let count: Int
  let seed: UInt64

  /// Counts what happens.
  ///
  /// - Parameters:
  ///   - kinds: The number of counters.
  ///   - threads: The number of tasks that run at the same time.
  ///   - body: Runs one replication and adds to the counters.
  /// - Returns: The counters, summed over the replications.
  nonisolated(nonsending) func counts(
    _ kinds: Int, threads: Int, _ body: @escaping @Sendable (inout Philox, inout [Int]) -> Void
  ) async -> [Int] {
    let key = StreamKey(seed: seed, purpose: .world)
    let block = 64
    return await withTaskGroup(of: [Int].self) { group in
      var (next, totals) = (0, Array(repeating: 0, count: kinds))
      func startNext() {
        guard next < count else { return }
        let range = next..<min(next + block, count)
        next = range.upperBound
        group.addTask {
          var counters = Array(repeating: 0, count: kinds)
          for index in range {
            var rng = Philox(key.child(UInt64(index + 1)))
            body(&rng, &counters)
          }
          return counters
        }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for await counters in group {
        for kind in counters.indices { totals[kind] += counters[kind] }
        startNext()
      }
      return totals
    }
  }
}
