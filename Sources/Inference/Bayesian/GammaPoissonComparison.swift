#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// What is known of two rates after events in two arms, by the gamma-Poisson model.
///
///     λₖ ~ Gamma(a, rate b)      xₖ | λₖ ~ Poisson(λₖ tₖ)      λₖ | xₖ ~ Gamma(a + xₖ, rate b + tₖ)
///
/// A rate may be support tickets a customer-day, say, or re-cancels a month. With `aₖ`, `bₖ` those of
/// the posteriors, `b₁λ₁/(b₁λ₁ + b₀λ₀)` is Beta(a₁, a₀), so that every answer is closed.
///
/// Reference: Gelman et al. (2013), *Bayesian Data Analysis*, 3rd edition, section 2.6.
public struct GammaPoissonComparison: Hashable, Sendable {
  /// The posterior of the offer's rate.
  public let offer: GammaDistribution
  /// The posterior of the control's rate.
  public let control: GammaDistribution

  /// Updates one prior by the events and the exposure of each arm.
  ///
  /// - Parameters:
  ///   - offer: The number of events under the offer, and the time or number of units observed.
  ///   - control: The same under the control.
  ///   - prior: The prior of each rate, proper.
  public init(
    offer: (events: Int, exposure: Double), control: (events: Int, exposure: Double),
    prior: GammaDistribution
  ) {
    self.offer = Self.update(prior, offer)
    self.control = Self.update(prior, control)
  }

  private static func update(
    _ prior: GammaDistribution, _ arm: (events: Int, exposure: Double)
  ) -> GammaDistribution {
    precondition(arm.events >= 0, "a count is not negative")
    precondition(arm.exposure >= 0 && arm.exposure.isFinite, "an exposure is finite, not negative")
    return GammaDistribution(
      shape: prior.shape + Double(arm.events), scale: prior.scale / (1 + prior.scale * arm.exposure)
    )
  }

  /// The probability that the offer's rate is the greater.
  public var chanceToBeat: Double { probability(ofRatioAbove: 1) }

  /// The probability that the ratio of the rates, offer over control, is above a positive value.
  public func probability(ofRatioAbove ratio: Double) -> Double {
    precondition(ratio > 0 && ratio.isFinite, "a ratio of rates is positive")
    return Self.probability(offer, above: ratio, times: control)
  }

  /// What is lost on average by taking the offer where the higher rate is the better one,
  /// `E[max(λ₀ − λ₁, 0)]`; its absolute error is some ulps of the rates.
  public var expectedLossOfOffer: Double { Self.meanExcess(of: control, over: offer) }

  /// What is lost on average by not taking it, `E[max(λ₁ − λ₀, 0)]`.
  public var expectedLossOfControl: Double { Self.meanExcess(of: offer, over: control) }

  /// The equal-tailed credible interval of the ratio of the rates.
  public func ratioInterval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let share = RegularizedBeta(offer.shape, control.shape)
    let scale = offer.scale / control.scale
    func ratio(_ odds: (x: Double, y: Double)) -> Double { odds.x / odds.y * scale }
    let tail = (1 - level) / 2
    let lower = share.inverseLower(tail)
    // 1 − x from the reflected function, since x may be near 1.
    let reflected = RegularizedBeta(control.shape, offer.shape)
    return Interval(
      lower: ratio((lower, reflected.inverseUpper(tail))),
      upper: ratio((share.inverseUpper(tail), reflected.inverseLower(tail))))
  }

  /// P(A > r B).
  private static func probability(
    _ a: GammaDistribution, above ratio: Double, times b: GammaDistribution
  ) -> Double {
    let odds = ratio * b.scale / a.scale
    return RegularizedBeta(a.shape, b.shape).upper(odds / (1 + odds), 1 / (1 + odds))
  }

  /// `E[max(A − B, 0)]`; a size-biased gamma has one more in its shape.
  private static func meanExcess(of a: GammaDistribution, over b: GammaDistribution) -> Double {
    let (largerA, largerB) = (
      GammaDistribution(shape: a.shape + 1, scale: a.scale),
      GammaDistribution(shape: b.shape + 1, scale: b.scale)
    )
    return max(
      0,
      a.mean * probability(largerA, above: 1, times: b)
        - b.mean * probability(a, above: 1, times: largerB))
  }
}
