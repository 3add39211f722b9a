extension RunPlan {
  /// What the proof sheets of a run try.
  public struct ProofPlan: Hashable, Sendable {
    /// How often the arms are dealt out anew. Nil: as often as the log's size has time for, 100 to
    /// 400 times.
    public var permutations: Int?
    /// The windows over which verdicts are had again, in days.
    public var windowDays = [14, 30, 60]
    /// How many of the commonest reasons are left out in turn.
    public var reasons = 8
    /// The power of the effect that is called detectable.
    public var power = 0.8
  }
}

extension RunPlan.ProofPlan {
  init(reading section: inout PlanSection) {
    permutations = section.integer("permutations", in: 0...1_000_000)
    windowDays = section.integers("windowDays", in: 1...3_650, default: windowDays)
    reasons = section.integer("reasons", in: 0...1_000, default: reasons)
    power = section.number("power", default: power, expected: "a number above 0.5 and below 1") {
      $0 > 0.5 && $0 < 1
    }
  }
}
