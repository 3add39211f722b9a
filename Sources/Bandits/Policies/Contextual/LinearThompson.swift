public import Probability

/// Thompson sampling with a linear regression of rewards on features, one for each arm.
///
/// The coefficients of an arm have normal priors, those of ``CoefficientPrior``, and rewards are normal
/// about `x_cᵀβₖ`. A choice draws a score for each arm and shows the arm of the greatest:
///
///     noise σ² known      β ~ N(β̂, H⁻¹),   H = V⁻¹ + XᵀX/σ²
///                         score  xᵀβ̂ + s z,   s² = xᵀH⁻¹x,   z ~ N(0, 1)
///     noise unknown       β | σ² ~ N(β̂, σ²H⁻¹),   H = V⁻¹ + XᵀX,   σ² ~ inverse gamma(a, b)
///                         score  xᵀβ̂ + s t,   s² = (b/a) xᵀH⁻¹x,   t Student's with 2a degrees of freedom
///                         a ← a + ½,   b ← b + ½ (y − xᵀβ̂)²/(1 + xᵀH⁻¹x)
///
/// A choice is made in one cell, where all that matters of the coefficients is `xᵀβ`. Its law, if the whole
/// vector were drawn, is the law above, independent of those of the other arms: to draw the score alone is
/// equal in law, takes one normal an arm, and has exact propensities by quadrature.
///
/// Scores and updates go through a Cholesky factor in a fixed order of operations, never through BLAS or
/// singular values, whose signs and last bits differ between libraries and with them whole runs.
///
/// With a feature a cell, ``ContextFeatures/init(cells:)``, and known noise this is ``GaussianThompson``;
/// unknown noise is then still shared by the cells of an arm. A choice is O(*K p*²), and so is learning but
/// for one arm.
///
/// References: Agrawal and Goyal (2013), "Thompson sampling for contextual bandits with linear
/// payoffs", *ICML*; Murphy (2007), *Conjugate Bayesian analysis of the Gaussian distribution*; Kilitcioglu and
/// Kadioglu (2022), "Non-deterministic behavior of Thompson sampling with linear payoffs and how to avoid it",
/// *TMLR*, for the factor.
public struct LinearThompson: Policy, Hashable {
  /// What is known of the variance of a reward about its mean.
  public enum Noise: Hashable, Sendable {
    /// The variance `σ²`.
    case known(variance: Double)
    /// The law of the variance, for each arm its own; the prior variances of the coefficients are then in
    /// units of it.
    case unknown(InverseGammaDistribution)
  }

  /// The features of each cell.
  public let features: ContextFeatures
  /// What is known of the noise at the start.
  public let noise: Noise
  private var regressions: [RidgeRegression]
  /// The law of each arm's variance; empty if that is known.
  private var variances: [InverseGammaDistribution] = []

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - features: The features of each cell.
  ///   - prior: The belief about the coefficients of every offer, one a feature.
  ///   - noise: What is known of the variance of a reward.
  public init(armCount: Int, features: ContextFeatures, prior: CoefficientPrior, noise: Noise) {
    precondition(armCount > 0, "a policy needs an arm to show")
    precondition(
      prior.featureCount == features.featureCount, "one coefficient belongs to each feature")
    self.features = features
    self.noise = noise
    regressions = Array(repeating: RidgeRegression(prior), count: armCount)
    switch noise {
    case .known(let variance):
      precondition(variance > 0 && variance.isFinite, "a variance is positive and finite")
    case .unknown(let law):
      variances = Array(repeating: law, count: armCount)
    }
  }

  public var armCount: Int { regressions.count }

  /// The posterior means `β̂` of an arm's coefficients.
  public func coefficients(of arm: Arm) -> [Double] { regressions[arm.index].coefficients }

  /// The posterior mean `xᵀβ̂` of an arm's reward.
  public func meanReward(_ arm: Arm, in context: Context) -> Double {
    score(arm.index, in: context).location
  }

  /// The scale `s` of an arm's score.
  public func scale(_ arm: Arm, in context: Context) -> Double {
    score(arm.index, in: context).scale
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) { score($0, in: context).draw(using: &rng) }
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestDraw.probabilities((0..<armCount).map { score($0, in: context).independentLaw })
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(abs(reward) <= 1e50, "a reward is a number whose square is one too")
    let features = features
    let x = features.values.span.extracting(features.indices(of: context))
    switch noise {
    case .known(let variance):
      regressions[arm.index].add(x, reward: reward, weight: 1 / variance)
    case .unknown:
      let miss = reward - regressions[arm.index].mean(x)
      let surprise = miss * miss / (1 + regressions[arm.index].leverage(x))
      let known = variances[arm.index]
      variances[arm.index] = InverseGammaDistribution(
        shape: known.shape + 0.5, scale: known.scale + 0.5 * surprise)
      regressions[arm.index].add(x, reward: reward, weight: 1)
    }
  }

  @inline(__always)
  private func score(_ arm: Int, in context: Context) -> ScoreLaw {
    let x = features.values.span.extracting(features.indices(of: context))
    let location = regressions[arm].mean(x)
    let leverage = regressions[arm].leverage(x)
    guard case .unknown = noise else {
      return ScoreLaw(location: location, scale: leverage.squareRoot())
    }
    let variance = variances[arm]
    return ScoreLaw(
      location: location, scale: (variance.scale / variance.shape * leverage).squareRoot(),
      degreesOfFreedom: 2 * variance.shape)
  }
}
