extension AlwaysValidTest {
  /// Compares the means of an offer and a control by their difference.
  ///
  /// - Parameters:
  ///   - offer: The outcomes of the sessions that were shown the offer, so far.
  ///   - control: The outcomes of those that were not.
  ///   - null: The difference to test against, in the unit of the outcome.
  ///   - planned: The number of sessions, both arms together, at which the interval is to be short.
  ///   - tuning: How the mixture is tuned.
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation` if neither arm's
  ///   outcomes vary, `overflow` if a variance is not finite.
  public init(
    offer: Moments, control: Moments, null: Double = 0, tunedFor planned: Double = defaultSessions,
    tuning: MixtureTuning = .exact
  ) throws(InferenceError) {
    try self.init(
      difference: ArmMean(offer, arm: 1), ArmMean(control, arm: 0), null: null, planned, tuning)
  }

  /// Compares the proportions of an offer and a control by their difference; the variances are not
  /// pooled.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if neither arm's outcomes vary.
  public init(
    offer: Tally, control: Tally, null: Double = 0, tunedFor planned: Double = defaultSessions,
    tuning: MixtureTuning = .exact
  ) throws(InferenceError) {
    try self.init(
      difference: ArmMean(offer, arm: 1), ArmMean(control, arm: 0), null: null, planned, tuning)
  }

  /// Compares the means of an offer and a control by their ratio less one, with its standard error
  /// by the delta method.
  ///
  /// - Throws: As the difference does, and `invalidValue` if the control's mean is zero.
  public init(
    liftOf offer: Moments, over control: Moments, null: Double = 0,
    tunedFor planned: Double = defaultSessions, tuning: MixtureTuning = .exact
  ) throws(InferenceError) {
    try self.init(
      lift: ArmMean(offer, arm: 1), ArmMean(control, arm: 0), null: null, planned, tuning)
  }

  /// Compares the proportions of an offer and a control by their ratio less one.
  ///
  /// - Throws: As the difference does, and `noSuccesses` if the control has none.
  public init(
    liftOf offer: Tally, over control: Tally, null: Double = 0,
    tunedFor planned: Double = defaultSessions, tuning: MixtureTuning = .exact
  ) throws(InferenceError) {
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard control.successes > 0 else { throw .noSuccesses(arm: 0) }
    try self.init(
      lift: ArmMean(offer, arm: 1), ArmMean(control, arm: 0), null: null, planned, tuning)
  }

  private init(
    difference offer: ArmMean, _ control: ArmMean, null: Double, _ planned: Double,
    _ tuning: MixtureTuning
  ) throws(InferenceError) {
    let variance = offer.variance + control.variance
    guard variance > 0 else { throw .noVariation }
    guard variance.isFinite, (offer.mean - control.mean).isFinite else { throw .overflow(arm: 1) }
    self.init(
      estimate: offer.mean - control.mean, standardError: variance.squareRoot(),
      sessions: offer.count + control.count, tunedFor: planned, null: null, tuning: tuning)
  }

  private init(
    lift offer: ArmMean, _ control: ArmMean, null: Double, _ planned: Double,
    _ tuning: MixtureTuning
  ) throws(InferenceError) {
    guard control.mean != 0 else { throw .invalidValue(arm: 0, value: 0) }
    let ratio = offer.mean / control.mean
    let deviations = (
      offer.variance.squareRoot() / control.mean,
      control.variance.squareRoot() * ratio / control.mean
    )
    let variance = deviations.0 * deviations.0 + deviations.1 * deviations.1
    guard variance > 0 else { throw .noVariation }
    guard variance.isFinite else { throw .overflow(arm: 1) }
    self.init(
      estimate: (offer.mean - control.mean) / control.mean, standardError: variance.squareRoot(),
      sessions: offer.count + control.count, tunedFor: planned, null: null, scale: .relativeLift,
      tuning: tuning)
  }
}

/// An arm's mean, and the variance of that mean.
private struct ArmMean {
  let mean: Double
  let variance: Double
  let count: Double

  init(_ moments: Moments, arm: Int) throws(InferenceError) {
    guard moments.count >= 2 else {
      throw .tooFewSessions(arm: arm, count: moments.count, needed: 2)
    }
    guard moments.mean.isFinite, moments.variance.isFinite else { throw .overflow(arm: arm) }
    mean = moments.mean
    count = Double(moments.count)
    variance = moments.variance / count
  }

  init(_ tally: Tally, arm: Int) throws(InferenceError) {
    try tally.require(1, arm: arm)
    mean = tally.proportion
    count = Double(tally.trials)
    variance = mean * (Double(tally.failures) / count) / count
  }
}
