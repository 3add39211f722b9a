/// A small value that stands for many sessions, and that merges.
///
/// Merging is associative and an empty summary changes nothing, so that sessions may be summarised
/// in parts (chunks, threads, machines) and the parts put together:
///
///     (a ⊕ b) ⊕ c = a ⊕ (b ⊕ c)        ∅ ⊕ a = a = a ⊕ ∅
///
/// Counts merge exactly. Floating-point summaries merge up to rounding, so whoever merges them does
/// so in a fixed order: then a result does not depend on the number of threads.
public protocol Summary: Sendable {
  /// Creates the summary of no sessions.
  init()
  /// Adds the sessions that another summary stands for.
  mutating func merge(_ other: Self)
}

extension Summary {
  /// Merges parts from the first to the last.
  ///
  /// - Complexity: O(*k*) merges for *k* parts.
  public init(merging parts: some Sequence<Self>) {
    self.init()
    for part in parts { merge(part) }
  }
}
