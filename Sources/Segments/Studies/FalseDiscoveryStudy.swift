public import Inference
internal import Probability

/// How often a search finds segments where there can be none.
///
/// The arms of a log are dealt out anew among its customers, which leaves covariates, rewards and
/// their relations as they are and takes every effect away. Each search that reports a discovery
/// is a false alarm; their share should be at most one minus the level of the search.
public struct FalseDiscoveryStudy: Hashable, Sendable {
  /// The number of deals.
  public let replications: Int
  /// The number of deals in which something was found.
  public let alarms: Int
  /// The number of findings over all deals, of which each has an interval of its interaction.
  public let findings: Int
  /// The number of those whose interval holds the truth, zero.
  public let covering: Int

  /// The share of deals with a false alarm.
  public var rate: Double { Double(alarms) / Double(replications) }
  /// The Monte Carlo standard error of the rate if `p` is the true one: `√(p(1 − p)/R)`.
  public func standardError(at p: Double) -> Double {
    (p * (1 - p) / Double(replications)).squareRoot()
  }
  /// The interval of Clopper and Pearson of the rate.
  public func interval(level: Double = 0.95) -> Interval {
    ClopperPearsonInterval(level: level).proportion(Tally(successes: alarms, trials: replications))
  }

  /// Runs the study.
  ///
  /// - Parameters:
  ///   - search: The search; each deal splits the customers by another seed.
  ///   - data: The log. Arms are dealt out one by one among sessions.
  ///   - baseline: The arm that every other is compared with, by its place.
  ///   - replications: The number of deals.
  ///   - seed: The seed of the deals.
  ///   - threads: The number of searches that run at the same time; the answer does not depend on it.
  /// - Throws: ``SegmentError`` as the search.
  /// - Complexity: One search a deal.
  public nonisolated(nonsending) init(
    of search: SegmentSearch, _ data: SegmentData, baseline: Int, replications: Int = 200,
    seed: UInt64 = 0, threads: Int = 1
  ) async throws {
    precondition(replications > 0, "a rate needs replications")
    let answers = try await StudyReplications(count: replications, threads: threads).map { index in
      var rng = Philox(StreamKey(seed: seed, purpose: .labels, index: UInt64(index) + 1))
      var arms = data.arms
      for place in stride(from: arms.count - 1, to: 0, by: -1) {
        arms.swapAt(place, rng.index(below: place + 1))
      }
      let dealt = try SegmentData(
        arms: arms, armNames: data.armNames, rewards: data.rewards,
        covariates: data.covariates, units: data.units)
      var search = search
      search.seed = seed &+ UInt64(index)
      let report = try search.run(dealt, baseline: baseline)
      let measured = report.findings.compactMap(\.measurement)
      return (
        isAlarm: !report.discoveries.isEmpty, findings: measured.count,
        covering: measured.count { $0.interaction.interval.contains(0) }
      )
    }
    self.replications = replications
    alarms = answers.count { $0.isAlarm }
    findings = answers.reduce(0) { $0 + $1.findings }
    covering = answers.reduce(0) { $0 + $1.covering }
  }
}
