extension RunPlan {
  /// How a policy that learns is led through the log.
  public struct ReplayPlan: Hashable, Sendable {
    /// The ways, in the order of the rows.
    public var methods = [Method.matching]
    /// When the policy learns what came of a session.
    public var outcomes = Outcomes.dated
    /// The length of a batch in days, between two updates of the policy.
    public var batchDays = 1.0
    /// The number of sessions of a batch; nil where batches are periods.
    public var batchSessions: Int?
    /// Whether the arms are valued from the log that the policy would have left.
    public var armValues = false

    /// A way through the log.
    public enum Method: String, CaseIterable, Hashable, Sendable {
      /// Keeps the sessions whose logged arm the policy chooses too; needs uniform propensities.
      case matching
      /// Keeps a session by the ratio of the policy's and the logged probability.
      case rejection
      /// Scores every session, and learns from those that rejection keeps.
      case doublyRobust
    }

    /// When the policy learns what came of a session.
    public enum Outcomes: String, CaseIterable, Hashable, Sendable {
      /// A loss on the day of the cancel, a save at the end of the window.
      case dated
      /// Before the next session.
      case atOnce
    }
  }
}

extension RunPlan.ReplayPlan {
  init(reading section: inout PlanSection) {
    let words = Method.allCases.map(\.rawValue)
    methods = section.names("methods", among: words, default: methods.map(\.rawValue))
      .compactMap(Method.init(rawValue:))
    outcomes = section.word("outcomes", default: outcomes)
    batchDays = section.positive("batchDays", default: batchDays)
    batchSessions = section.integer("batchSessions", in: 1...1_000_000_000)
    if batchSessions != nil, section.keys.contains("batchDays") {
      section.report("batchDays", "expected 'batchDays' or 'batchSessions', not both")
    }
    armValues = section.flag("armValues", default: armValues)
  }
}
