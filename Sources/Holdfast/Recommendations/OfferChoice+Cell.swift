internal import Inference
internal import Probability

extension OfferChoice {
  /// What to show in one cell: the arm of greatest expected saved rate, or why there is none.
  ///
  /// Each arm keeps a beta posterior in each cell. Its prior is the arm's rate over all cells, worth
  /// `κ` sessions (the plan's `priorSessions`), so that a thin cell leans on what is known elsewhere:
  ///
  ///     pₐ | c  ~  Beta(κ mₐ + s, κ (1 − mₐ) + n − s)      mₐ = (Sₐ + ½) / (Nₐ + 1)
  ///
  /// The probability of being best is exact (quadrature), and the interval equal-tailed.
  init(cell: Int, tallies: ArmCellTallies, armNames: [String], plan: RunPlan) {
    let settings = plan.recommend
    segment = tallies.cellNames[cell]
    let eligible = armNames.indices.filter {
      tallies[cell, $0].trials >= settings.minimumSessions
    }
    guard eligible.count >= 2 else {
      (arm, leader, probabilityBest, expected) = (nil, nil, nil, nil)
      reason =
        "too thin: \(eligible.count) of \(armNames.count) arms have \(settings.minimumSessions) "
        + "sessions in \(tallies.cellNames[cell])"
      return
    }
    let posteriors = eligible.map { arm in
      let prior = tallies.overall(arm)
      let mean = (Double(prior.successes) + 0.5) / (Double(prior.trials) + 1)
      let own = tallies[cell, arm]
      return BetaDistribution(
        alpha: settings.priorSessions * mean + Double(own.successes),
        beta: settings.priorSessions * (1 - mean) + Double(own.failures))
    }
    let best = posteriors.indices.max { posteriors[$0].mean < posteriors[$1].mean } ?? 0
    let probability = BetaComparison.probabilitiesOfBest(posteriors)[best]
    let tail = (1 - plan.level) / 2
    leader = eligible[best]
    probabilityBest = probability
    expected = Estimate(
      posteriors[best].mean,
      interval: Interval(
        lower: posteriors[best].quantile(tail), upper: posteriors[best].upperQuantile(tail)))

    let own = tallies[cell, eligible[best]]
    let base = tallies[cell, 0]
    let evidence =
      "\(armNames[eligible[best]]) saved \(Decimals.percent(own.proportion, 1)) of \(own.trials) in "
      + tallies.cellNames[cell]
      + (eligible[best] != 0 && base.trials > 0
        ? ", \(armNames[0]) \(Decimals.percent(base.proportion, 1)) of \(base.trials)" : "")
    guard probability >= settings.minimumProbability else {
      arm = nil
      reason =
        "no clear winner: best with probability \(Decimals.text(probability, 3)), below "
        + "\(settings.minimumProbability); \(evidence)"
      return
    }
    arm = eligible[best]
    reason = "best of \(eligible.count) arms; \(evidence)"
  }
}
