internal import Probability

/// Exact unconditional p-values of a difference of proportions, and their inversion.
///
/// The hypothesis `p₁ − p₀ = δ` leaves one probability free, over which the p-value is the greatest
/// one. The least difference that is not rejected is sought outwards from the estimate, and bisected
/// to 1e-10. P-values jump where the order of the tables changes with `δ`, and need not rise all the way:
/// the end is the outermost one on a grid of a quarter of a standard error.
struct DifferenceInversion {
  /// What orders the tables.
  enum Statistic: Hashable, Sendable {
    /// `(p̂₁ − p̂₀ − δ)/√v` with the variance at the likeliest proportions that differ by `δ`.
    case score
    /// `p̂₁ − p̂₀`.
    case difference
  }

  let offer: Tally
  let control: Tally
  let statistic: Statistic
  /// The share of error `γ` of Berger and Boos.
  let bergerBoos: Double

  /// The same question with the arms swapped.
  var swapped: DifferenceInversion {
    DifferenceInversion(
      offer: control, control: offer, statistic: statistic, bergerBoos: bergerBoos)
  }

  /// The tables whose statistic is at least as great as the one observed.
  func upperTail(at difference: Double) -> StaircaseRejection {
    let observed = value(offer.successes, control.successes, difference)
    let limit = observed * (1 - (observed > 0 ? tieTolerance : -tieTolerance))
    return StaircaseRejection(
      offerTrials: offer.trials, controlTrials: control.trials, difference: difference,
      isHigh: { value($0, $1, difference) >= limit })
  }

  /// The tables whose statistic is at least as far from zero as the one observed.
  func bothTails(at difference: Double) -> StaircaseRejection {
    let observed = abs(value(offer.successes, control.successes, difference))
    let limit = observed * (1 - tieTolerance)
    return StaircaseRejection(
      offerTrials: offer.trials, controlTrials: control.trials, difference: difference,
      isHigh: { value($0, $1, difference) >= limit },
      isLow: { value($0, $1, difference) <= -limit })
  }

  /// The nuisance parameter's range at a difference.
  func range(at difference: Double) -> NuisanceRange {
    NuisanceRange(
      offer: offer, control: control, difference: difference, bergerBoos: bergerBoos)
  }

  /// The least difference whose p-value, the greatest probability of a region, is at least `alpha`.
  func leastDifference(
    notRejectedAt alpha: Double, _ region: (Double) -> StaircaseRejection
  ) -> Double {
    let estimate = offer.difference(from: control)
    let sizes = 1 / Double(offer.trials) + 1 / Double(control.trials)
    let step = 0.125 * sizes.squareRoot()
    // The statistic exists for differences inside −1 and 1.
    let end = -1 + 1e-12
    func reaches(_ threshold: Double, _ difference: Double) -> Bool {
      range(at: difference).reaches(threshold, region(difference))
    }
    // 1. Outwards, until p-values have become so small that none beyond is great again.
    var (kept, next) = (estimate, estimate)
    while next > end {
      next = max(end, next - step)
      if reaches(alpha, next) {
        kept = next
      } else if kept - next > 8 * step || !reaches(0.01 * alpha, next) {
        break
      }
    }
    if kept <= end { return -1 }
    // 2. Between the last kept and the one rejected after it.
    var rejected = max(end, kept - step)
    while kept - rejected > 1e-10 {
      let middle = 0.5 * (kept + rejected)
      if reaches(alpha, middle) { kept = middle } else { rejected = middle }
    }
    return kept
  }

  private func value(_ x1: Int, _ x0: Int, _ difference: Double) -> Double {
    let arm = Tally(successes: x1, trials: offer.trials)
    let other = Tally(successes: x0, trials: control.trials)
    switch statistic {
    case .difference: return arm.difference(from: other)
    case .score:
      let fit = ConstrainedDifference(offer: arm, control: other)
      return fit.point(fit.multiplier(at: difference)).z
    }
  }
}
