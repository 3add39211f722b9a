public import Probability

/// What is known of one effect after an estimate whose error is normal.
///
///     θ ~ N(m, τ²)      θ̂ | θ ~ N(θ, s²)      θ | θ̂ ~ N((m/τ² + θ̂/s²) v, v)      v = 1/(1/τ² + 1/s²)
///
/// Without a prior, `τ = ∞`, it is N(θ̂, s²). The estimate may be a difference, a relative lift, or any
/// other whose sampling error is nearly normal; the prior is on the same scale.
///
/// Reference: Gelman et al. (2013), *Bayesian Data Analysis*, 3rd edition, section 2.5.
public struct NormalEffectPosterior: Hashable, Sendable {
  /// The posterior of the effect.
  public let effect: NormalDistribution

  /// Updates a prior by an estimate; nil is the flat prior.
  ///
  /// - Throws: `noVariation` unless the standard error is positive and finite.
  public init(
    estimate: Double, standardError: Double, prior: NormalDistribution? = nil
  ) throws(InferenceError) {
    guard standardError > 0, standardError.isFinite, estimate.isFinite else { throw .noVariation }
    guard let prior else {
      effect = NormalDistribution(mean: estimate, standardDeviation: standardError)
      return
    }
    // The data's share of the precision, by way of a ratio that neither over- nor underflows.
    let ratio = standardError / prior.standardDeviation
    let share = 1 / (1 + ratio * ratio)
    effect = NormalDistribution(
      mean: prior.mean + share * (estimate - prior.mean),
      standardDeviation: standardError * share.squareRoot())
  }

  /// The probability that the effect is positive.
  public var chanceToBeat: Double { effect.survival(0) }

  /// What is lost on average by showing the offer, `E[max(−θ, 0)]`.
  public var expectedLossOfOffer: Double { meanPositivePart(-effect.mean) }

  /// What is lost on average by not showing it, `E[max(θ, 0)]`.
  public var expectedLossOfControl: Double { meanPositivePart(effect.mean) }

  /// The probability that the effect lies in a region, of practical equivalence say.
  public func probability(in region: Interval) -> Double {
    effect.mean <= region.lower + region.width / 2
      ? max(0, effect.survival(region.lower) - effect.survival(region.upper))
      : max(0, effect.cdf(region.upper) - effect.cdf(region.lower))
  }

  /// The equal-tailed credible interval.
  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * effect.standardDeviation
    return Interval(lower: effect.mean - margin, upper: effect.mean + margin)
  }

  /// `E[max(Z, 0)]` for Z ~ N(μ, σ²): `σ (φ(z) + z Φ(z))` with `z = μ/σ`. For a negative `z` the two
  /// terms nearly cancel; what is left has a relative error of about `z²` ulps.
  private func meanPositivePart(_ mean: Double) -> Double {
    let z = mean / effect.standardDeviation
    return max(
      0, effect.standardDeviation * (StandardNormal.density(z) + z * StandardNormal.cdf(z)))
  }
}
