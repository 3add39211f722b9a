#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The beta-binomial distribution: the successes in `n` trials whose probability is itself a draw, such
/// as from a posterior.
///
///     P(X = k) = C(n, k) B(k + α, n − k + β) / B(α, β)
///
/// - Complexity: O(*n*) for a tail.
public struct BetaBinomialDistribution: CountDistribution, Hashable {
  /// The number of trials `n`.
  public let trials: Int
  /// The distribution of the probability.
  public let prior: BetaDistribution

  /// Creates the distribution of `trials` ≥ 0 with a probability drawn from `prior`.
  public init(trials: Int, prior: BetaDistribution) {
    precondition(trials >= 0, "the number of trials is not negative")
    self.trials = trials
    self.prior = prior
  }

  public var support: ClosedRange<Int> { 0...trials }

  public func logDensity(_ x: Double) -> Double {
    let n = Double(trials)
    guard x >= 0, x <= n, x == x.rounded() else { return -.infinity }
    // C(n, k) = 1/((n + 1) B(k + 1, n − k + 1)).
    return logBeta(x + prior.alpha, n - x + prior.beta) - logBeta(prior.alpha, prior.beta)
      - logBeta(x + 1, n - x + 1) - log(n + 1)
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  /// `nα/(α + β)`.
  public var mean: Double { Double(trials) * prior.mean }
  /// `n αβ (α + β + n) / ((α + β)² (α + β + 1))`.
  public var variance: Double {
    Double(trials) * prior.variance * (prior.alpha + prior.beta + Double(trials))
  }

  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    BinomialDistribution(trials: trials, probability: prior.draw(using: &rng)).draw(using: &rng)
  }

  private func tails(at x: Double) -> SplitTails {
    let k = x.rounded(.down)
    if k < 0 { return .below }
    if k >= Double(trials) { return .above }
    let isLower = k <= mean
    return SplitTails(
      coefficient: 1, exponent: logDensity(isLower ? k : k + 1),
      ratio: isLower ? lowerSum(k) : upperSum(k + 1), nearIsLower: isLower)
  }

  /// P(X ≤ k) in units of P(X = k), by the ratios of neighbouring masses.
  private func lowerSum(_ k: Double) -> Double {
    let n = Double(trials)
    var (term, sum, j) = (1.0, 1.0, k)
    while j > 0 {
      term *= j / (n - j + 1) * ((n - j + prior.beta) / (j - 1 + prior.alpha))
      sum += term
      j -= 1
    }
    return sum
  }

  /// P(X ≥ k) in units of P(X = k).
  private func upperSum(_ k: Double) -> Double {
    let n = Double(trials)
    var (term, sum, j) = (1.0, 1.0, k)
    while j < n {
      term *= (n - j) / (j + 1) * ((j + prior.alpha) / (n - j - 1 + prior.beta))
      sum += term
      j += 1
    }
    return sum
  }
}
