internal import Inference

extension LiftMethod {
  /// The tests of values drawn in and of ratios of sums.
  static let resampled: [LiftMethod] = [
    LiftMethod("winsorized", .values, scale: .difference) {
      (offer, control, null, context) throws(InferenceError) in
      let shares = context.plan.winsorize ?? RunPlan.LiftPlan.Winsorizing()
      let (offer, control) = (ValueCounts(offer.values), ValueCounts(control.values))
      let thresholds = try Winsorization(
        lower: shares.lower, upper: shares.upper, of: offer, control)
      return DifferenceTest(try thresholds.effect(offer: offer, control: control), null: null)
    },
    LiftMethod("ratio", .ratio, scale: .difference) {
      (offer, control, null, context) throws(InferenceError) in
      DifferenceTest(
        try RatioMetric.effect(
          offer: offer.ratioMoments(context.plan), control: control.ratioMoments(context.plan)),
        null: null)
    },
    LiftMethod("ratioLift", .ratio, scale: .relativeLift) {
      (offer, control, null, context) throws(InferenceError) in
      try LogLiftTest(
        try RatioMetric.effect(
          offer: offer.ratioMoments(context.plan), control: control.ratioMoments(context.plan)),
        null: null)
    },
  ]
}

extension LiftQuestion {
  /// The bootstrap of each arm's effect, if the plan asks for it.
  static func resampled(_ evidence: LiftEvidence) -> [LiftQuestion] {
    guard let asked = evidence.plan.lift.bootstrap else { return [] }
    let reason =
      "named in the plan: \(asked.resamples) resamples of the \(asked.statistic.rawValue)"
    let bootstrap = Bootstrap(seed: evidence.plan.seed, resamples: asked.resamples)
    var question = LiftQuestion("bootstrap", reason: reason) {
      (evidence, arm) throws(InferenceError) in
      let (offer, control) = (evidence.arms[arm], evidence.arms[0])
      let plan = evidence.plan.lift
      var answer: LiftAnswer
      switch asked.statistic {
      case .mean:
        let samples = (offer.meanSample(plan), control.meanSample(plan))
        answer = LiftAnswer(
          try bootstrap.difference(offer: samples.0, control: samples.1), "mean", evidence)
      case .ratio:
        let samples = (offer.ratioSample(plan), control.ratioSample(plan))
        answer = LiftAnswer(
          try bootstrap.difference(offer: samples.0, control: samples.1), "ratio", evidence)
      case .quantile:
        let (own, others) = (ValueCounts(offer.values), ValueCounts(control.values))
        answer = LiftAnswer(
          try bootstrap.quantileDifference(asked.quantile, offer: own, control: others),
          "quantile \(asked.quantile)", evidence)
        answer.levels = (own.quantile(asked.quantile), others.quantile(asked.quantile))
      }
      return answer
    }
    question.allowsClusters = asked.statistic != .quantile
    if asked.statistic == .ratio { question.metric = "ratio" }
    return [question]
  }
}

extension LiftAnswer {
  /// The answer of a bootstrap: BCa where there is an acceleration, else percentiles; no test.
  fileprivate init(
    _ law: BootstrapDistribution, _ statistic: String, _ evidence: LiftEvidence
  ) {
    let level = evidence.plan.level
    let isQuantile = law.plugInStandardError == nil
    let interval = { (level: Double) in
      isQuantile ? law.percentile(level: level) : law.bca(level: level)
    }
    // Without p-values there is nothing to step down by: Bonferroni's share for each arm.
    let count = max(1, evidence.offers.count)
    let shared = 1 - (1 - level) / Double(count)
    self.init(
      name: "bootstrap of the \(statistic)",
      intervalName: isQuantile ? "percentile" : "bias-corrected and accelerated",
      null: "none is tested: an interval alone", tail: "no p-value", scale: .difference,
      estimate: law.estimate, standardError: law.standardError, interval: interval(level),
      level: level,
      adjusted: .init(
        interval: interval(shared),
        text: "bonferroni over \(count) arms; interval at level \(Decimals.text(shared, 4))"))
  }
}

extension ArmEvidence {
  /// The two columns of the ratio, summed by cluster where sessions come in clusters. Sessions without
  /// one of the two are left out.
  private func ratioSums(_ plan: RunPlan.LiftPlan) -> (numerators: [Double], denominators: [Double])
  {
    guard let ratio = columns.ratio else { return ([], []) }
    var places: [Int: Int] = [:]
    var (numerators, denominators) = ([Double](), [Double]())
    for (row, cluster) in zip(rows, clusterCodes(plan)) {
      guard let above = ratio.numerator.values[row], let below = ratio.denominator.values[row]
      else { continue }
      if let place = places[cluster] {
        numerators[place] += above
        denominators[place] += below
      } else {
        places[cluster] = numerators.count
        numerators.append(above)
        denominators.append(below)
      }
    }
    return (numerators, denominators)
  }

  /// The moments of numerator and denominator.
  func ratioMoments(_ plan: RunPlan.LiftPlan) -> CrossMoments {
    let sums = ratioSums(plan)
    return CrossMoments(columns: [sums.numerators, sums.denominators])
  }

  fileprivate func ratioSample(_ plan: RunPlan.LiftPlan) -> BootstrapSample {
    let sums = ratioSums(plan)
    return BootstrapSample(numerators: sums.numerators, denominators: sums.denominators)
  }

  /// The values, or the sums and sizes of their clusters, which are what is drawn.
  fileprivate func meanSample(_ plan: RunPlan.LiftPlan) -> BootstrapSample {
    var places: [Int: Int] = [:]
    var (sums, sizes) = ([Double](), [Double]())
    for (cluster, value) in zip(clusterCodes(plan), values) {
      let place = places[cluster] ?? sums.count
      if place == sums.count {
        places[cluster] = place
        sums.append(0)
        sizes.append(0)
      }
      sums[place] += value
      sizes[place] += 1
    }
    return sums.count == values.count
      ? BootstrapSample(ValueCounts(values))
      : BootstrapSample(numerators: sums, denominators: sizes)
  }
}
