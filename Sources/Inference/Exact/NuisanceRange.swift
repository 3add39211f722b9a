internal import Probability

/// The range of the common probability of success over which an unconditional test takes its
/// greatest p-value, and what is paid for not taking all of it.
///
/// Berger and Boos: over a confidence interval of level `1 − γ` for the nuisance parameter, the greatest
/// p-value plus `γ` is still a valid p-value, and often a smaller one.
///
/// Reference: Berger and Boos (1994), *Journal of the American Statistical Association* 89, 1012–1016.
struct NuisanceRange {
  /// The probabilities of success; nil if no probability is left.
  let probabilities: ClosedRange<Double>?
  let penalty: Double

  /// The Clopper–Pearson interval of both arms together; all of 0...1 if `γ` is zero.
  init(offer: Tally, control: Tally, bergerBoos gamma: Double) {
    precondition(0 <= gamma && gamma < 1, "a share of error lies in 0..<1")
    penalty = gamma
    let bounds = BinomialDistribution.clopperPearsonBounds(
      successes: offer.successes + control.successes, trials: offer.trials + control.trials,
      level: gamma > 0 ? 1 - gamma : 0)
    probabilities = gamma > 0 ? bounds.lower...bounds.upper : 0...1
  }

  /// The control's probabilities where the offer's is greater by a difference: those for which both
  /// lie in Clopper–Pearson intervals of level `1 − γ/2`.
  init(offer: Tally, control: Tally, difference: Double, bergerBoos gamma: Double) {
    precondition(0 <= gamma && gamma < 1, "a share of error lies in 0..<1")
    penalty = gamma
    let own = BinomialDistribution.clopperPearsonBounds(
      successes: offer.successes, trials: offer.trials, level: gamma > 0 ? 1 - gamma / 2 : 0)
    let others = BinomialDistribution.clopperPearsonBounds(
      successes: control.successes, trials: control.trials, level: gamma > 0 ? 1 - gamma / 2 : 0)
    let isAll = gamma == 0
    let lower = max(0, -difference, isAll ? 0 : max(others.lower, own.lower - difference))
    let upper = min(1, 1 - difference, isAll ? 1 : min(others.upper, own.upper - difference))
    probabilities = lower <= upper ? lower...upper : nil
  }

  /// The p-value of a region.
  func pValue(_ region: MarginalRejection) -> Double {
    pValue { region.maximum(over: $0) }
  }

  /// The p-value of a region.
  func pValue(_ region: StaircaseRejection) -> Double {
    pValue { region.maximum(over: $0) }
  }

  /// Whether the p-value of a region is at least as great as some other.
  func reaches(_ threshold: Double, _ region: MarginalRejection) -> Bool {
    reaches(threshold) { region.maximum(over: $0, deciding: $1) }
  }

  /// Whether the p-value of a region is at least as great as some other.
  func reaches(_ threshold: Double, _ region: StaircaseRejection) -> Bool {
    reaches(threshold) { region.maximum(over: $0, deciding: $1) }
  }

  private func pValue(_ maximum: (ClosedRange<Double>) -> Double) -> Double {
    min(1, (probabilities.map(maximum) ?? 0) + penalty)
  }

  private func reaches(
    _ threshold: Double, _ maximum: (ClosedRange<Double>, Double) -> Double
  ) -> Bool {
    let share = threshold - penalty
    guard share > 0 else { return true }
    guard let probabilities else { return false }
    return maximum(probabilities, share) >= share
  }
}
