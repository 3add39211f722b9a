#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// Empirical Bayes for many effects: each is drawn towards their common mean, the more so the less is
/// known of it.
///
///     θ̂ᵢ ~ N(θᵢ, sᵢ²)      θᵢ ~ N(μ, τ²)      E[θᵢ | θ̂] = Bᵢ μ̂ + (1 − Bᵢ) θ̂ᵢ      Bᵢ = sᵢ²/(sᵢ² + τ²)
///     μ̂ = Σ wᵢθ̂ᵢ / Σ wᵢ      wᵢ = 1/(sᵢ² + τ²)      Σ wᵢ(θ̂ᵢ − μ̂)² = k − 1 gives τ²
///
/// The greatest of many estimates is great partly by luck; its shrunken value is not. The posterior
/// variance `sᵢ²(1 − Bᵢ) + Bᵢ²/Σwᵢ` counts the error of `μ̂`, and leaves out that of `τ²`.
///
/// References: Paule and Mandel (1982), *Journal of Research of the National Bureau of Standards* 87,
/// 377–385, for `τ²`; Morris (1983), *Journal of the American Statistical Association* 78, 47–55.
public struct NormalShrinkage: Hashable, Sendable {
  /// The common mean `μ̂`.
  public let mean: Double
  /// The standard error of the common mean.
  public let standardError: Double
  /// The standard deviation of the effects, `τ`; zero if they differ no more than by chance.
  public let standardDeviation: Double
  /// The posterior of each effect, in the order of the estimates.
  public let effects: [NormalDistribution]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - estimates: The estimates `θ̂ᵢ`, finite, at least two.
  ///   - standardErrors: Their standard errors `sᵢ`, positive and finite.
  /// - Throws: `tooFewGroups`, or `notConverged` if the estimates are too far apart for a double.
  /// - Complexity: O(*k*) for each of some twenty steps.
  public init(estimates: [Double], standardErrors: [Double]) throws(InferenceError) {
    precondition(estimates.count == standardErrors.count, "each estimate has a standard error")
    precondition(estimates.allSatisfy(\.isFinite), "an estimate is finite")
    precondition(
      standardErrors.allSatisfy { $0 > 0 && $0.isFinite }, "a standard error is positive")
    guard estimates.count >= 2 else { throw .tooFewGroups(count: estimates.count, needed: 2) }
    let fit = Fit(estimates: estimates, variances: standardErrors.map { $0 * $0 })
    let excess = { (variance: Double) in fit.homogeneity(variance) - Double(estimates.count - 1) }
    var between = 0.0
    if excess(0) > 0 {
      let centre = estimates.reduce(0, +) / Double(estimates.count)
      let widest = estimates.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      guard widest.isFinite, let root = findRoot(from: 0, to: widest, of: excess) else {
        throw .notConverged
      }
      between = root
    }
    let (mean, weight) = fit.mean(between)
    self.mean = mean
    standardError = (1 / weight).squareRoot()
    standardDeviation = between.squareRoot()
    effects = zip(estimates, fit.variances).map { estimate, variance in
      let share = variance / (variance + between)
      return NormalDistribution(
        mean: share * mean + (1 - share) * estimate,
        standardDeviation: (variance * (1 - share) + share * share / weight).squareRoot())
    }
  }

  /// Estimates and their variances, weighted for a variance between the effects.
  private struct Fit {
    let estimates: [Double]
    let variances: [Double]

    /// The weighted mean and the sum of weights.
    func mean(_ between: Double) -> (value: Double, weight: Double) {
      var (sum, weight) = (0.0, 0.0)
      for (estimate, variance) in zip(estimates, variances) {
        sum += estimate / (variance + between)
        weight += 1 / (variance + between)
      }
      return (sum / weight, weight)
    }

    /// `Σ wᵢ(θ̂ᵢ − μ̂)²`, which falls with the variance between the effects.
    func homogeneity(_ between: Double) -> Double {
      let centre = mean(between).value
      return zip(estimates, variances).reduce(0) { sum, item in
        sum + (item.0 - centre) * (item.0 - centre) / (item.1 + between)
      }
    }
  }
}
