/// An effect and its standard error at one look, whatever they were estimated from.
///
/// What a sequential method needs of the data is this and no more. A method that adjusts for covariates or
/// clusters supplies its own estimate and standard error.
public struct EffectEstimate: Hashable, Sendable {
  /// The estimated effect.
  public let value: Double
  /// Its standard error; positive and finite.
  public let standardError: Double
  /// The number of sessions behind it, in both arms together.
  public let sessions: Double
  /// The scale of the effect.
  public let scale: TestDescription.Scale

  /// Creates an estimate from figures that someone else has computed.
  public init(
    _ value: Double, standardError: Double, sessions: Double,
    scale: TestDescription.Scale = .difference
  ) {
    precondition(value.isFinite, "an effect is a number")
    precondition(standardError > 0 && standardError.isFinite, "a standard error is positive")
    precondition(sessions > 0 && sessions.isFinite, "a number of sessions is positive")
    self.value = value
    self.standardError = standardError
    self.sessions = sessions
    self.scale = scale
  }

  /// The information: the reciprocal of the squared standard error.
  public var information: Double { 1 / standardError / standardError }
}

extension EffectEstimate {
  /// The difference of two means, offer minus control, the variances not assumed equal.
  ///
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `noVariation` if neither arm's
  ///   outcomes vary, `overflow` if a variance is not finite.
  public init(offer: Moments, control: Moments) throws(InferenceError) {
    let arms = (try ArmMean(offer, arm: 1), try ArmMean(control, arm: 0))
    try self.init(difference: arms.0.mean - arms.1.mean, arms.0, arms.1)
  }

  /// The difference of two proportions, offer minus control, the variances not pooled.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if neither arm's outcomes vary.
  public init(offer: Tally, control: Tally) throws(InferenceError) {
    let arms = (try ArmMean(offer, arm: 1), try ArmMean(control, arm: 0))
    try self.init(difference: offer.difference(from: control), arms.0, arms.1)
  }

  /// The ratio of two means less one, its standard error by the delta method.
  ///
  /// - Throws: As the difference does, and `invalidValue` if the control's mean is zero.
  public init(liftOf offer: Moments, over control: Moments) throws(InferenceError) {
    let arms = (try ArmMean(offer, arm: 1), try ArmMean(control, arm: 0))
    try self.init(lift: arms.0.mean - arms.1.mean, arms.0, arms.1)
  }

  /// The ratio of two proportions less one, its standard error by the delta method.
  ///
  /// - Throws: As the difference does, and `noSuccesses` if the control has none.
  public init(liftOf offer: Tally, over control: Tally) throws(InferenceError) {
    let arms = (try ArmMean(offer, arm: 1), try ArmMean(control, arm: 0))
    guard offer.successes + control.successes > 0 else { throw .noVariation }
    guard control.successes > 0 else { throw .noSuccesses(arm: 0) }
    try self.init(lift: offer.difference(from: control), arms.0, arms.1)
  }

  private init(
    difference: Double, _ offer: ArmMean, _ control: ArmMean
  ) throws(InferenceError) {
    let variance = offer.variance + control.variance
    guard variance > 0 else { throw .noVariation }
    guard variance.isFinite, difference.isFinite else { throw .overflow(arm: 1) }
    self.init(
      difference, standardError: variance.squareRoot(), sessions: offer.count + control.count)
  }

  /// By the delta method: `(v₁ + v₀ (m₁/m₀)²)/m₀²`, in an order that does not over- or underflow.
  private init(
    lift difference: Double, _ offer: ArmMean, _ control: ArmMean
  ) throws(InferenceError) {
    guard offer.variance + control.variance > 0 else { throw .noVariation }
    guard control.mean != 0 else { throw .invalidValue(arm: 0, value: 0) }
    let own = offer.variance.squareRoot() / control.mean
    let others = control.variance.squareRoot() / control.mean * (offer.mean / control.mean)
    let (lift, variance) = (difference / control.mean, own * own + others * others)
    guard variance > 0 else { throw .noVariation }
    guard variance.isFinite, lift.isFinite else { throw .overflow(arm: 1) }
    self.init(
      lift, standardError: variance.squareRoot(), sessions: offer.count + control.count,
      scale: .relativeLift)
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
