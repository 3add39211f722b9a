#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The binomial distribution: the number of successes in `n` independent trials.
///
///     P(X = k) = C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ
public struct BinomialDistribution: CountDistribution, Hashable {
  /// The number of trials `n`.
  public let trials: Int
  /// The probability `p` of a success.
  public let probability: Double

  /// Creates a binomial distribution of `trials` ≥ 0 and `probability` in 0...1.
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "the number of trials is not negative")
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    self.trials = trials
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...trials }

  public func logDensity(_ x: Double) -> Double {
    let n = Double(trials)
    guard x >= 0, x <= n, x == x.rounded() else { return -.infinity }
    if probability == 0 { return x == 0 ? 0 : -.infinity }
    if probability == 1 { return x == n ? 0 : -.infinity }
    // C(n, k) = n / (k (n − k) B(k, n − k)): the mass of a beta distribution at p.
    if x == 0 { return n * log1p(-probability) }
    if x == n { return n * (probability < 0.5 ? log(probability) : log1p(probability - 1)) }
    return RegularizedBeta(x, n - x).logMass(probability) + log(n / (x * (n - x)))
  }

  public func cdf(_ x: Double) -> Double {
    let (k, n) = (x.rounded(.down), Double(trials))
    if k < 0 { return 0 }
    if k >= n { return 1 }
    return RegularizedBeta(k + 1, n - k).upper(probability)
  }

  public func survival(_ x: Double) -> Double {
    let (k, n) = (x.rounded(.down), Double(trials))
    if k < 0 { return 1 }
    if k >= n { return 0 }
    return RegularizedBeta(k + 1, n - k).lower(probability)
  }

  public func logCDF(_ x: Double) -> Double {
    let (k, n) = (x.rounded(.down), Double(trials))
    if k < 0 { return -.infinity }
    return k < n ? RegularizedBeta(k + 1, n - k).logUpper(probability) : 0
  }

  public func logSurvival(_ x: Double) -> Double {
    let (k, n) = (x.rounded(.down), Double(trials))
    if k < 0 { return 0 }
    return k < n ? RegularizedBeta(k + 1, n - k).logLower(probability) : -.infinity
  }

  /// `np`.
  public var mean: Double { Double(trials) * probability }
  /// `np(1 − p)`.
  public var variance: Double { mean * (1 - probability) }
}
