internal import Inference
internal import Probability

extension LiftQuestion {
  /// The posterior of each arm's effect, if the plan asks for it.
  static func bayesian(_ evidence: LiftEvidence) -> [LiftQuestion] {
    guard let asked = evidence.plan.lift.bayesian else { return [] }
    if asked.model == .gammaPoisson { return [gammaPoisson(asked)] }
    return evidence.isBinary
      ? [betaBinomial(asked, ofLift: false), betaBinomial(asked, ofLift: true)] : [normal(asked)]
  }

  private static func betaBinomial(
    _ asked: RunPlan.LiftPlan.Bayesian, ofLift: Bool
  ) -> LiftQuestion {
    let reason = "chosen: shares; prior Beta(\(asked.priorSuccesses), \(asked.priorFailures))"
    let prior = BetaDistribution(alpha: asked.priorSuccesses, beta: asked.priorFailures)
    return LiftQuestion("betaBinomial", reason: reason) {
      (evidence, arm) throws(InferenceError) in
      let (level, isMore) = (evidence.plan.level, evidence.plan.lift.isMoreBetter)
      let model = BetaBinomialComparison(
        offer: evidence.arms[arm].summary.tally, control: evidence.arms[0].summary.tally,
        prior: prior)
      let chance = model.chanceToBeat
      let interval = { (level: Double) in
        ofLift ? model.liftInterval(level: level) : model.differenceInterval(level: level)
      }
      // The median of the lift: its mean need not be finite.
      let median =
        ofLift ? interval(1e-9) : Interval(lower: model.meanDifference, upper: model.meanDifference)
      return LiftAnswer(
        posterior: .init(
          chanceToBeat: isMore ? chance : 1 - chance,
          expectedLoss: isMore ? model.expectedLossOfOffer : model.expectedLossOfControl,
          ropeProbability: ofLift ? nil : asked.rope.map(model.probability(ofDifferenceIn:))),
        name: ofLift ? "beta-binomial, relative lift" : "beta-binomial",
        scale: ofLift ? .relativeLift : .difference,
        estimate: median.lower + median.width / 2, interval: interval, level: level)
    }
  }

  private static func normal(_ asked: RunPlan.LiftPlan.Bayesian) -> LiftQuestion {
    let deviation = asked.priorDeviation.map { "\($0)" } ?? "s"
    let reason =
      "chosen: means; prior N(\(asked.priorMean), \(deviation)²)"
      + (asked.priorDeviation == nil ? " with s the deviation of one baseline session" : "")
    return LiftQuestion("normal", reason: reason) { (evidence, arm) throws(InferenceError) in
      let isMore = evidence.plan.lift.isMoreBetter
      let control = evidence.arms[0].summary.moments
      let effect = try EffectEstimate(
        offer: evidence.arms[arm].summary.moments, control: control)
      let own = asked.priorDeviation ?? control.variance.squareRoot()
      guard own > 0 else { throw .noVariation }
      let model = try NormalEffectPosterior(
        estimate: effect.value, standardError: effect.standardError,
        prior: NormalDistribution(mean: asked.priorMean, standardDeviation: own))
      let chance = isMore ? model.chanceToBeat : model.effect.cdf(0)
      return LiftAnswer(
        posterior: .init(
          chanceToBeat: chance,
          expectedLoss: isMore ? model.expectedLossOfOffer : model.expectedLossOfControl,
          ropeProbability: asked.rope.map(model.probability(in:))),
        name: "normal posterior", scale: .difference, estimate: model.effect.mean,
        standardError: model.effect.standardDeviation,
        interval: { model.interval(level: $0) }, level: evidence.plan.level)
    }
  }

  private static func gammaPoisson(_ asked: RunPlan.LiftPlan.Bayesian) -> LiftQuestion {
    let reason =
      "named in the plan: counts; prior Gamma(\(asked.priorSuccesses), rate \(asked.priorFailures))"
    let prior = GammaDistribution(shape: asked.priorSuccesses, scale: 1 / asked.priorFailures)
    return LiftQuestion("gammaPoisson", reason: reason) {
      (evidence, arm) throws(InferenceError) in
      let isMore = evidence.plan.lift.isMoreBetter
      let model = GammaPoissonComparison(
        offer: try evidence.arms[arm].events(arm: 1), control: try evidence.arms[0].events(arm: 0),
        prior: prior)
      let chance = model.chanceToBeat
      let interval = { (level: Double) in
        let ratio = model.ratioInterval(level: level)
        return Interval(lower: ratio.lower - 1, upper: ratio.upper - 1)
      }
      let median = interval(1e-9)
      let rope = asked.rope.map { region in
        max(
          0,
          model.probability(ofRatioAbove: max(1 + region.lower, 1e-300))
            - model.probability(ofRatioAbove: max(1 + region.upper, 1e-300)))
      }
      return LiftAnswer(
        posterior: .init(
          chanceToBeat: isMore ? chance : 1 - chance,
          expectedLoss: isMore ? model.expectedLossOfOffer : model.expectedLossOfControl,
          ropeProbability: rope),
        name: "gamma-Poisson", scale: .relativeLift, estimate: median.lower + median.width / 2,
        interval: interval, level: evidence.plan.level)
    }
  }
}

extension LiftAnswer {
  /// The answer of a posterior: an estimate with an equal-tailed credible interval, and no test.
  fileprivate init(
    posterior: Posterior, name: String, scale: TestDescription.Scale, estimate: Double,
    standardError: Double? = nil, interval: (Double) -> Interval, level: Double
  ) {
    self.init(
      name: name, intervalName: "credible, equal tails", null: "none is tested: a posterior",
      tail: "posterior", scale: scale, estimate: estimate, standardError: standardError,
      interval: interval(level), level: level,
      adjusted: .init(text: "none: each posterior is conditional on its own data"),
      posterior: posterior)
  }
}

extension ArmEvidence {
  /// The number of events and of sessions, where the metric counts events.
  fileprivate func events(arm: Int) throws(InferenceError) -> (events: Int, exposure: Double) {
    var sum = 0
    for value in values {
      guard let count = Int(exactly: value), count >= 0, count <= 1 << 40 else {
        throw .invalidValue(arm: arm, value: value)
      }
      sum += count
    }
    return (sum, Double(values.count))
  }
}

extension RunPlan.LiftPlan {
  /// Whether a greater metric is the better one.
  var isMoreBetter: Bool { direction == .moreIsBetter }
}
