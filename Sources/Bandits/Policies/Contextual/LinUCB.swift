internal import LinearAlgebra
public import Probability

/// The policy that shows the offer whose reward could be the highest by a linear regression on features.
///
///     argmaxₖ xᵀβ̂ₖ + α √(xᵀ Hₖ⁻¹ x),   Hₖ = λI + XₖᵀXₖ,   β̂ₖ = Hₖ⁻¹ Xₖᵀy      ties share equally
///
/// over the sessions that were shown arm `k`. For rewards in 0...1 a width of `α = 1 + √(ln(2/δ)/2)` holds each
/// bound with probability 1 − δ; smaller ones earn more in most worlds.
///
/// What it shows next is known before it is shown, so that its logs support no estimate of another
/// policy unless a floor is put under it: ``Floored``. A choice is O(*K p*²), learning O(*p*²).
///
/// Reference: Li, Chu, Langford and Schapire (2010), "A contextual-bandit approach to personalized news
/// article recommendation", *WWW*, algorithm 1, where `λ` = 1.
public struct LinUCB: Policy, Hashable {
  /// The features of each cell.
  public let features: ContextFeatures
  /// The width `α` of the bounds, in standard errors.
  public let alpha: Double
  private var regressions: [RidgeRegression]

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - features: The features of each cell.
  ///   - alpha: The width of the bounds, zero or more.
  ///   - ridge: The ridge `λ`, positive.
  public init(armCount: Int, features: ContextFeatures, alpha: Double = 1, ridge: Double = 1) {
    precondition(armCount > 0, "a policy needs an arm to show")
    precondition(alpha >= 0 && alpha.isFinite, "a width is not negative")
    precondition(ridge > 0 && ridge.isFinite, "a ridge is positive")
    self.features = features
    self.alpha = alpha
    let prior = CoefficientPrior(featureCount: features.featureCount, variance: 1 / ridge)
    regressions = Array(repeating: RidgeRegression(prior), count: armCount)
  }

  public var armCount: Int { regressions.count }

  /// The ridge estimate `β̂` of an arm's coefficients.
  public func coefficients(of arm: Arm) -> [Double] { regressions[arm.index].coefficients }

  /// The upper bound of each arm in a context.
  public func bounds(in context: Context) -> [Double] {
    let x = features.values.span.extracting(features.indices(of: context))
    var bounds: [Double] = []
    bounds.reserveCapacity(armCount)
    for regression in regressions {
      bounds.append(regression.mean(x) + alpha * regression.leverage(x).squareRoot())
    }
    return bounds
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestValue.choose(bounds(in: context), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestValue.propensities(bounds(in: context))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(abs(reward) <= 1e50, "a reward is a number")
    let features = features
    let x = features.values.span.extracting(features.indices(of: context))
    regressions[arm.index].add(x, reward: reward, weight: 1)
  }
}
