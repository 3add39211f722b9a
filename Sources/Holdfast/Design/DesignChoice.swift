internal import Inference

/// The test that a design is for, and why.
struct DesignChoice: Sendable {
  let entry: DesignCatalogue.Entry
  let reason: String

  /// The test of a name; of several by one name, the one that needs what is known.
  init?(named name: String, _ baseline: DesignBaseline) {
    let candidates = DesignCatalogue.all.filter { $0.name == name }
    guard let entry = candidates.first(where: { $0.need == baseline.need }) ?? candidates.first
    else { return nil }
    self.entry = entry
    reason = "named in the plan"
  }

  /// The test that suits what is known and asked, the one that a run of the data would choose where it
  /// can.
  init?(_ plan: DesignPlan, _ baseline: DesignBaseline) {
    let (name, reason) =
      switch baseline {
      case .rate, .events: Self.ofShares(plan)
      case .mean: Self.ofNumbers(plan)
      }
    let known = DesignCatalogue.all.filter { $0.name == name }
    guard let entry = known.first(where: { $0.need == baseline.need }) ?? known.first else {
      return nil
    }
    self.entry = entry
    self.reason = "chosen: \(reason)"
  }

  private static func ofShares(_ plan: DesignPlan) -> (name: String, reason: String) {
    if case .always = plan.looks {
      return plan.effectScale == .relativeLift
        ? ("alwaysValidLift", "a relative lift that is looked at after any session")
        : ("alwaysValid", "a difference that is looked at after any session")
    }
    switch plan.effectScale {
    case .relativeLift: return ("logRatio", "the relative lift of a share")
    case .oddsRatio: return ("woolf", "the odds ratio of two shares")
    case .hazardRatio: return ("hazardRatio", "a ratio of hazards")
    default:
      return plan.nulls.contains { $0 != 0 }
        ? ("farringtonManning", "the difference of two shares against a margin")
        : ("pooledZ", "the difference of two shares")
    }
  }

  private static func ofNumbers(_ plan: DesignPlan) -> (name: String, reason: String) {
    let isLift = plan.effectScale == .relativeLift
    if case .always = plan.looks {
      return isLift
        ? ("alwaysValidLift", "a relative lift that is looked at after any session")
        : ("alwaysValid", "a difference that is looked at after any session")
    }
    return isLift
      ? ("logLift", "the relative lift of a mean")
      : ("welch", "means of numbers, their variances not assumed equal")
  }
}
