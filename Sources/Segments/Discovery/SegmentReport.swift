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
  /// For each arm but the baseline, the smallest difference that the search could have seen.
  public let detectable: [DetectableDifference]

  /// The findings whose adjusted p-value lies below one minus the level.
  public var discoveries: [SegmentFinding] {
    findings.filter { ($0.measurement?.adjustedPValue ?? 1) < 1 - level }
  }
}

extension SegmentReport: CustomStringConvertible {
  /// The answer in a sentence: the discoveries, or what would have been seen had it been there.
  public var description: String {
    guard discoveries.isEmpty else {
      return discoveries.map { "\($0.rule): \($0.arm) differs from \($0.baseline)" }
        .joined(separator: "\n")
    }
    return (["no segment found"] + detectable.map(\.description)).joined(separator: "; ")
  }
}
