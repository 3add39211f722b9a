#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Inference
public import Probability

/// Thompson sampling for rewards on a continuous scale, such as margin.
///
/// The rewards of an arm are normal about a mean `μ`; a choice draws a mean for each arm from what is
/// known of it and shows the arm of the greatest. With `n` rewards of mean `x̄`, each cell by itself:
///
///     variance σ² known       μ ~ N(m, s²)           1/s² = 1/s₀² + n/σ²,  m = s² (m₀/s₀² + n x̄/σ²)
///     variance unknown        μ ~ mₙ + √(bₙ/(aₙκₙ)) t,  t Student's with 2aₙ degrees of freedom
///                             κₙ = κ₀ + n,  mₙ = (κ₀m₀ + n x̄)/κₙ,  aₙ = a₀ + n/2,
///                             bₙ = b₀ + ½ Σ(xᵢ − x̄)² + κ₀n(x̄ − m₀)²/(2κₙ)
///
/// The propensities are exact, by quadrature over these laws. A choice is O(*K*), memory
/// O(cells · *K*).
///
/// References: Murphy (2007), *Conjugate Bayesian analysis of the Gaussian distribution*, sections 2
/// and 3.
public struct GaussianThompson: Policy, Hashable {
  /// What is known of each arm at the start.
  public enum Prior: Hashable, Sendable {
    /// The law of the mean, and the variance `σ²` of a reward about it.
    case knownVariance(mean: NormalDistribution, variance: Double)
    /// A normal law of the mean given the variance, as if seen in `observations` `κ₀` rewards of mean
    /// `m₀`, and an inverse gamma law of the variance.
    case unknownVariance(
      mean: Double, observations: Double, variance: InverseGammaDistribution)
  }

  /// What is known of each arm at the start.
  public let prior: Prior
  private var rewards: CellTable<Moments>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer at the start.
  public init(armCount: Int, cellCount: Int = 1, prior: Prior) {
    switch prior {
    case .knownVariance(_, let variance):
      precondition(variance > 0 && variance.isFinite, "a variance is positive and finite")
    case .unknownVariance(let mean, let observations, _):
      precondition(mean.isFinite, "a mean is finite")
      precondition(
        observations > 0 && observations.isFinite, "a number of observations is positive")
    }
    self.prior = prior
    rewards = CellTable(armCount: armCount, cellCount: cellCount, repeating: Moments())
  }

  public var armCount: Int { rewards.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { rewards.cellCount }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) { posterior(rewards[$0, context]).draw(using: &rng) }
  }

  public func propensities(in context: Context) -> [Double] {
    GreatestDraw.probabilities(rewards.row(context).map { posterior($0).independentLaw })
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(abs(reward) <= 1e100, "a reward is a number whose square is one too")
    rewards[arm.index, context].add(reward)
  }

  /// The posterior mean of an arm's reward.
  public func meanReward(_ arm: Arm, in context: Context) -> Double {
    posterior(rewards[arm.index, context]).location
  }

  /// The law of an arm's mean.
  private func posterior(_ seen: Moments) -> ScoreLaw {
    let n = Double(seen.count)
    let seenMean = n > 0 ? seen.mean : 0
    switch prior {
    case .knownVariance(let mean, let variance):
      let precision = 1 / mean.variance + n / variance
      let location = (mean.mean / mean.variance + n * seenMean / variance) / precision
      return ScoreLaw(location: location, scale: (1 / precision).squareRoot())
    case .unknownVariance(let mean, let observations, let variance):
      let weight = observations + n
      let shift = seenMean - mean
      let shape = variance.shape + 0.5 * n
      let spread =
        variance.scale + 0.5 * seen.sumOfSquaredDeviations + 0.5 * observations * n * shift * shift
        / weight
      return ScoreLaw(
        location: mean + n * shift / weight, scale: (spread / (shape * weight)).squareRoot(),
        degreesOfFreedom: 2 * shape)
    }
  }
}
