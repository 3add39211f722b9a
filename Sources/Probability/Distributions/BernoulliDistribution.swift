#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Bernoulli distribution: one trial, which succeeds (1) or does not (0).
///
///     P(X = 1) = p,   P(X = 0) = 1 − p
public struct BernoulliDistribution: CountDistribution, Hashable {
  /// The probability `p` of a success.
  public let probability: Double

  /// Creates a Bernoulli distribution of a probability in 0...1.
  public init(probability: Double) {
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...1 }

  public func logDensity(_ x: Double) -> Double {
    if x == 1 { return log(probability) }
    return x == 0 ? log1p(-probability) : -.infinity
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  /// `p`.
  public var mean: Double { probability }
  /// `p (1 − p)`.
  public var variance: Double { probability * (1 - probability) }
  /// `−p ln p − (1 − p) ln(1 − p)`, in nats.
  public var entropy: Double {
    if probability == 0 || probability == 1 { return 0 }
    return -probability * log(probability) - (1 - probability) * log1p(-probability)
  }

  /// A draw, 0 or 1.
  public func draw(using rng: inout Philox) -> Double { rng.uniform() < probability ? 1 : 0 }

  private func tails(at x: Double) -> SplitTails {
    if x < 0 { return .below }
    if x >= 1 { return .above }
    return SplitTails(
      coefficient: probability, exponent: 0, ratio: 1, nearIsLower: false, far: 1 - probability)
  }
}
