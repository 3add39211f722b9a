#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The negative binomial distribution: the failures before the r-th success; or a Poisson count whose
/// mean has a gamma distribution of shape `r`.
///
///     P(X = k) = Γ(k + r) / (k! Γ(r)) pʳ (1 − p)ᵏ
public struct NegativeBinomialDistribution: CountDistribution, Hashable {
  /// The number `r` of successes; positive, and whole or not.
  public let successes: Double
  /// The probability `p` of a success.
  public let probability: Double

  /// Creates a negative binomial distribution of a positive, finite `successes` and a `probability`
  /// between 0 and 1.
  public init(successes: Double, probability: Double) {
    precondition(successes > 0 && successes.isFinite, "successes are positive and finite")
    precondition(probability > 0 && probability < 1, "the probability lies between 0 and 1")
    self.successes = successes
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...(.max) }

  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return -.infinity }
    if x == 0 { return successes * log(probability) }
    // Γ(k + r)/(k! Γ(r)) = 1/(k B(r, k)): the mass of a beta distribution at p.
    return RegularizedBeta(successes, x).logMass(probability) - log(x)
  }

  public func cdf(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 0 }
    return k < .infinity ? RegularizedBeta(successes, k + 1).lower(probability) : 1
  }

  public func survival(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 1 }
    return k < .infinity ? RegularizedBeta(successes, k + 1).upper(probability) : 0
  }

  public func logCDF(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return -.infinity }
    return k < .infinity ? RegularizedBeta(successes, k + 1).logLower(probability) : 0
  }

  public func logSurvival(_ x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 0 }
    return k < .infinity ? RegularizedBeta(successes, k + 1).logUpper(probability) : -.infinity
  }

  /// `r (1 − p)/p`.
  public var mean: Double { successes * (1 - probability) / probability }
  /// `r (1 − p)/p²`.
  public var variance: Double { mean / probability }

  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    let odds = (1 - probability) / probability
    let rate = GammaDistribution(shape: successes, scale: odds).draw(using: &rng)
    return PoissonDistribution(mean: rate).draw(using: &rng)
  }
}
