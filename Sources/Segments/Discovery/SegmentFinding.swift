/// What was found about one rule and one arm.
public struct SegmentFinding: Hashable, Sendable {
  /// How an arm does against the baseline, inside and outside a rule.
  public struct Measurement: Hashable, Sendable {
    /// The effect inside the rule.
    public let inside: SegmentEffect
    /// The effect outside.
    public let outside: SegmentEffect
    /// The effect inside minus the effect outside.
    public let interaction: SegmentEffect
    /// The two-sided p-value of the interaction, from its standard error.
    public let pValue: Double
    /// The p-value adjusted for all rules and arms that were measured.
    public internal(set) var adjustedPValue: Double
  }

  /// Why a rule could not be measured for an arm.
  public enum Refusal: Hashable, Sendable {
    /// A cell has too few sessions on the estimation half.
    case tooFewSessions(arm: String, inside: Bool, count: Int, needed: Int)
    /// The rewards do not vary, so that there is no standard error.
    case noVariation
  }

  /// The numbers of sessions that a comparison rests on.
  public struct Sessions: Hashable, Sendable {
    /// Those of the arm.
    public let arm: Int
    /// Those of the baseline.
    public let baseline: Int
    /// Both together.
    public var total: Int { arm + baseline }
  }

  /// Differences of means over all sessions, those that chose the rule among them.
  ///
  /// They describe the log and are flattered by the search: they are no estimates.
  public struct Description: Hashable, Sendable {
    /// The effect inside the rule.
    public let inside: Double
    /// The effect outside.
    public let outside: Double
  }

  /// The segment.
  public let rule: Rule
  /// The name of the arm.
  public let arm: String
  /// The name of the arm that it is compared with.
  public let baseline: String
  /// The sessions inside the rule, on the estimation half.
  public let sessionsInside: Sessions
  /// The sessions outside, on the estimation half.
  public let sessionsOutside: Sessions
  /// What was measured on the estimation half, or why nothing was.
  public internal(set) var result: Result<Measurement, Refusal>
  /// The effects over the whole sample; nil where a cell is empty.
  public let wholeSample: Description?
  /// What to know before believing the finding.
  public let warnings: [String]

  /// The measurement, if there is one.
  public var measurement: Measurement? { try? result.get() }
}

extension SegmentFinding.Refusal: Error, CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooFewSessions(let arm, let inside, let count, let needed):
      "\(count) sessions of \(arm) \(inside ? "inside" : "outside"), \(needed) needed"
    case .noVariation: "rewards do not vary"
    }
  }
}
