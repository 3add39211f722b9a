#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Inference
internal import Probability

/// The effect that the arms' sizes could have found with a given power.
///
/// Of two shares it is the exact inverse of the planned test's power at the baseline's share. Otherwise it
/// follows from the width of the row's own interval, `(z₁₋α/₂ + z_power)` standard errors, on the log scale
/// for ratios.
struct DetectableEffect {
  private let row: LiftRow
  private let plan: RunPlan

  init(_ row: LiftRow, plan: RunPlan) {
    self.row = row
    self.plan = plan
  }

  /// The item of the proof sheet.
  var item: ProofItem {
    let setting =
      "power \(Decimals.text(plan.proof.power, 2)), error \(Decimals.text(1 - plan.level, 3))"
    guard let effect = planned ?? fromInterval else {
      return ProofItem(.detectableEffect, .unanswered, setting: setting, "the row has no interval")
    }
    let isBelow = row.estimate.value.map { abs(departure($0)) < abs(departure(effect)) } ?? false
    return ProofItem(
      .detectableEffect, .stated, setting: setting, value: effect,
      "the least effect of these sizes before the adjustment for several arms"
        + (isBelow ? "; the estimate is smaller: no decision would not mean no effect" : ""))
  }

  /// How far an effect lies from none, on the scale on which effects in both directions compare.
  private func departure(_ effect: Double) -> Double {
    switch row.scale {
    case .difference, nil: effect
    case .superiority: effect - 0.5
    case .relativeLift: log1p(max(effect, -1))
    case .oddsRatio, .hazardRatio: log(max(effect, 0))
    }
  }

  private var planned: Double? {
    guard row.isShare, row.sessions > 0, row.baselineSessions > 0, let rate = row.baselineMean,
      0 < rate, rate < 1
    else { return nil }
    let sizes = ArmSizes(offer: Double(row.sessions), control: Double(row.baselineSessions))
    let rule = RejectionRule.once(alpha: 1 - plan.level)
    let power = plan.proof.power
    return switch row.scale {
    case .difference where row.isShareDifference:
      PlannedProportionTest(baseRate: rate, rule: rule).detectableEffect(sizes, power: power)
    case .relativeLift:
      PlannedProportionTest(baseRate: rate, rule: rule).detectableEffect(sizes, power: power)
        .map { $0 / rate }
    default: nil
    }
  }

  private var fromInterval: Double? {
    guard let scale = row.scale, let interval = row.estimate.interval, interval.lower.isFinite,
      interval.upper.isFinite
    else { return nil }
    let (low, high) = (departure(interval.lower), departure(interval.upper))
    guard low.isFinite, high.isFinite else { return nil }
    let standardErrors =
      StandardNormal.upperQuantile((1 - plan.level) / 2)
      + StandardNormal.upperQuantile(1 - plan.proof.power)
    let margin = StandardNormal.upperQuantile((1 - row.level) / 2)
    let effect = (high - low) / 2 / margin * standardErrors
    return switch scale {
    case .difference: effect
    case .superiority: effect + 0.5 < 1 ? effect + 0.5 : nil
    case .relativeLift: expm1(effect)
    case .oddsRatio: exp(effect)
    // Fewer losses are what an offer is for.
    case .hazardRatio: exp(-effect)
    }
  }
}
