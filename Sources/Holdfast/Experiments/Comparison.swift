internal import Inference
internal import Probability

/// An arm of an experiment and its baseline, at every look at which both were counted.
struct Comparison {
  /// What the two arms say at one look.
  typealias Look = (look: Double, offer: CountedArm, control: CountedArm)

  let experiment: Experiment
  let arm: Experiment.Arm
  let baseline: Experiment.Arm
  let looks: [Look]

  init(_ experiment: Experiment, arm: Experiment.Arm, baseline: Experiment.Arm) {
    self.experiment = experiment
    self.arm = arm
    self.baseline = baseline
    looks = Experiment.together(arm, baseline).map { ($0.look, $0.one, $0.other) }
  }

  /// The difference of means at a look, or the sentence why there is none.
  func difference(_ look: Look) -> Result<EffectEstimate, Refused> {
    summaries(look).flatMap { offer, control in
      Result { () throws(InferenceError) in
        try offer.isBinary && control.isBinary
          ? EffectEstimate(offer: offer.tally, control: control.tally)
          : EffectEstimate(offer: offer.moments, control: control.moments)
      }.mapError(refused)
    }
  }

  /// The summaries of the two arms at a look.
  func summaries(_ look: Look) -> Result<(ArmSummary, ArmSummary), Refused> {
    func named(_ name: String) -> (CountedArm.Fault) -> Refused {
      { Refused(sentence: "\(name): \($0.sentence)") }
    }
    return look.offer.summary.mapError(named(arm.name)).flatMap { offer in
      look.control.summary.mapError(named(baseline.name)).map { (offer, $0) }
    }
  }

  /// Why a test gives no answer, in words.
  func refused(_ error: InferenceError) -> Refused {
    Refused(sentence: Refusal.sentence(error, arm: arm.name, baseline: baseline.name))
  }

  /// A row for each look: the difference read as if this were the only look, and as at every one.
  ///
  /// - Parameters:
  ///   - level: The level of the intervals.
  ///   - planned: The number of sessions at which the always-valid interval is to be short.
  /// - Returns: The rows in the order of looks.
  func lookRows(level: Double, plannedSessions planned: Double) -> [LookRow] {
    let quantile = StandardNormal.upperQuantile((1 - level) / 2)
    var least: Double?
    return looks.map { look in
      var row = LookRow(
        experiment: experiment.name, arm: arm.name, baseline: baseline.name, look: look.look,
        sessions: look.offer.sessions, baselineSessions: look.control.sessions, level: level)
      switch difference(look) {
      case .failure(let refused): row.refusal = refused.sentence
      case .success(let effect):
        let test = AlwaysValidTest(effect, tunedFor: planned)
        let margin = quantile * effect.standardError
        row.difference = effect
        row.naivePValue = 2 * StandardNormal.survival(abs(test.z))
        row.naiveInterval = Interval(lower: effect.value - margin, upper: effect.value + margin)
        least = min(least ?? 1, test.pValue())
        row.alwaysValidInterval = test.interval(level: level)
      }
      row.alwaysValidPValue = least
      return row
    }
  }

  /// Why there is no answer.
  struct Refused: Error {
    let sentence: String
  }
}
