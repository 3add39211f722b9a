public import Inference

/// Every confidence interval that can be read from the terms of an estimator, by name.
///
/// All but the normal one keep within the range of the rewards. An interval added here is reachable
/// by its name from a plan, and is held to the laws that the room's test suite states for all of them.
public enum IntervalCatalogue {
  /// One entry: a name, and how to find the interval.
  public struct Entry: Sendable {
    /// The name by which a plan asks for the interval.
    public let name: String
    /// Finds the interval of a level from the terms; a seed decides what is drawn.
    public let interval:
      @Sendable (_ terms: SessionTerms, _ level: Double, _ seed: UInt64) throws(OffPolicyError) ->
        Interval
  }

  /// The intervals.
  public static let entries: [Entry] = [
    Entry(name: "normal") { terms, level, _ in terms.estimate.interval(level: level) },
    Entry(name: "empirical-likelihood") { terms, level, _ in
      terms.empiricalLikelihoodInterval(level: level)
    },
    Entry(name: "clopper-pearson") { terms, level, _ in
      terms.clopperPearsonInterval(level: level)
    },
    Entry(name: "any-time") { terms, level, _ in terms.anyTimeInterval(level: level) },
    Entry(name: "bootstrap") { terms, level, seed throws(OffPolicyError) in
      try terms.bootstrap(seed: seed).bca(level: level)
    },
  ]
}
