internal import Inference
internal import Probability

/// What the posteriors of two shares say under several priors.
enum PosteriorVerdict {
  /// An item for each prior; none for a metric that is not a share. The first is the yardstick.
  static func items(
    _ row: LiftRow, _ log: EncodedLog, _ counts: WindowCounts, plan: RunPlan
  ) -> [ProofItem] {
    guard row.metric == plan.metric.rawValue, let tallies = counts.tallies, row.isShare,
      plan.lift.direction == .moreIsBetter,
      let arm = log.arms.levels.firstIndex(of: row.arm), tallies.count > arm
    else { return [] }
    let (offer, control) = (tallies[arm], tallies[0])
    guard offer.trials > 0, control.trials > 0 else { return [] }
    let verdicts = priors(Tally(merging: tallies)).map { name, prior in
      let chance = BetaBinomialComparison(offer: offer, control: control, prior: prior).chanceToBeat
      return (name: name, chance: chance, verdict: verdict(chance, alpha: 1 - plan.level))
    }
    return verdicts.map { name, chance, verdict in
      ProofItem(
        .prior, verdict == verdicts[0].verdict ? .holds : .changes, setting: name, value: chance,
        verdict: verdict,
        "the probability that the arm's share is the greater; decided above "
          + "\(Decimals.text(1 - (1 - plan.level) / 2, 4)) or below the rest of it, for one arm by itself"
      )
    }
  }

  /// Flat, Jeffreys's, and one that draws each arm to the share of all with the weight of 100 sessions.
  private static func priors(_ all: Tally) -> [(String, BetaDistribution)] {
    let weight = 100.0
    let successes = weight * min(max(all.proportion, 0.005), 0.995)
    return [
      ("Beta(1, 1)", .uniform),
      ("Beta(0.5, 0.5)", BetaDistribution(alpha: 0.5, beta: 0.5)),
      (
        "Beta(\(Decimals.text(successes, 1)), \(Decimals.text(weight - successes, 1)))",
        BetaDistribution(alpha: successes, beta: weight - successes)
      ),
    ]
  }

  private static func verdict(_ chance: Double, alpha: Double) -> Verdict {
    if chance > 1 - alpha / 2 { return .offerBetter }
    return chance < alpha / 2 ? .controlBetter : .undecided
  }
}
