/// Replications of a study, side by side, with answers in the order of their numbers.
///
/// A replication draws from streams that carry its number, so that the answers are the same for any
/// number of threads.
struct StudyReplications {
  let count: Int
  let threads: Int

  /// Runs a body for each number from zero.
  nonisolated(nonsending) func map<Answer: Sendable>(
    _ body: @escaping @Sendable (Int) throws -> Answer
  ) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      var (next, answers) = (0, [Answer?](repeating: nil, count: count))
      func startNext() {
        guard next < count else { return }
        let index = next
        next += 1
        group.addTask { (index, try body(index)) }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for try await (index, answer) in group {
        answers[index] = answer
        startNext()
      }
      return answers.compactMap { $0 }
    }
  }
}
