public import Inference

/// The answer of a search: the rules it kept, and what it went through to find them.
public struct SegmentReport: Hashable, Sendable {
  /// One finding for each rule kept and each arm, the least p-value first; those that were refused
  /// come last, in the order of the search.
  public let findings: [SegmentFinding]
  /// The number of rule and arm pairs that the discovery half was searched for.
  public let candidatesSearched: Int
  /// The rules kept, the most promising first.
  public let rules: [Rule]
  /// The sessions on which rules were found.
  public let discoverySessions: Int
  /// The sessions on which they were measured.
  public let estimationSessions: Int
  /// How p-values are adjusted over all findings.
  public let adjustment: Multiplicity
  /// The level of every interval.
  public let level: Double
  /// The method of the intervals of the effects inside and outside.
  public let intervalMethod: String

  /// The findings whose adjusted p-value lies below one minus the level.
  public var discoveries: [SegmentFinding] {
    findings.filter { ($0.measurement?.adjustedPValue ?? 1) < 1 - level }
  }
}
