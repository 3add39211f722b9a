extension RunPlan {
  /// How the experiment behind the lift is checked.
  public struct DiagnosticsPlan: Hashable, Sendable {
    /// The columns whose levels are looked at one by one. Empty: reason, intent, and the covariates that
    /// are categories.
    public var columns: [String] = []
    /// The adjusted p-value below which a sample ratio, or a mix of levels, is flagged.
    public var sampleRatioAlpha = 0.001
    /// The adjusted p-value below which an effect that fades or differs is flagged.
    public var alpha = 0.01
    /// The number of sessions that each arm needs in a level or a period for it to be compared.
    public var minimumSessions = 30
    /// The length of a period in days. Absent: whole weeks, or days in an experiment of under three
    /// weeks, so that there are at most ten periods.
    public var periodDays: Int?
  }
}

extension RunPlan.DiagnosticsPlan {
  init(reading section: inout PlanSection) {
    columns = section.strings("columns")
    sampleRatioAlpha = section.rate("sampleRatioAlpha", default: sampleRatioAlpha)
    alpha = section.rate("alpha", default: alpha)
    minimumSessions = section.integer(
      "minimumSessions", in: 2...1_000_000_000, default: minimumSessions)
    if section.node("periodDays") != nil {
      periodDays = section.integer("periodDays", in: 1...3_650, default: 7)
    }
  }
}

extension PlanSection {
  /// An error rate.
  fileprivate mutating func rate(_ key: String, default fallback: Double) -> Double {
    number(key, default: fallback, expected: "a number above 0 and below 0.5") {
      0 < $0 && $0 < 0.5
    }
  }
}
