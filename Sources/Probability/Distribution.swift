#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A univariate distribution, known by its density, both tails, both inverses, two moments and its
/// draws.
///
/// Every distribution has these members, in this order. Upper tails have members of their own, so
/// that no caller subtracts from one; the logarithms of the tails go on where the tails themselves are
/// zero. A distribution whose entropy has a closed form has a member `entropy` too, in nats.
public protocol Distribution: Sendable {
  /// The type of the moments: `Double`, or `Double?` where some parameters leave a moment infinite or
  /// without meaning.
  associatedtype Moment: Sendable = Double

  /// The density (or the probability mass) at `x`; 0 outside the support.
  func density(_ x: Double) -> Double
  /// The logarithm of the density (or of the probability mass) at `x`; −∞ outside the support.
  func logDensity(_ x: Double) -> Double
  /// P(X ≤ x).
  func cdf(_ x: Double) -> Double
  /// P(X > x), accurate where it is small.
  func survival(_ x: Double) -> Double
  /// ln P(X ≤ x), accurate where that is near 0 or too small for a double.
  func logCDF(_ x: Double) -> Double
  /// ln P(X > x), accurate where that is near 0 or too small for a double.
  func logSurvival(_ x: Double) -> Double
  /// The smallest `x` with `cdf(x) ≥ p`, for `p` in 0...1.
  func quantile(_ p: Double) -> Double
  /// The smallest `x` with `survival(x) ≤ q`, for `q` in 0...1.
  func upperQuantile(_ q: Double) -> Double
  /// The mean.
  var mean: Moment { get }
  /// The variance.
  var variance: Moment { get }
  /// A draw.
  func draw(using rng: inout Philox) -> Double
}

extension Distribution {
  /// The exponential of `logDensity`, with a relative error of some ε (1 + |ln f|).
  public func density(_ x: Double) -> Double { exp(logDensity(x)) }
}

/// A distribution of counts: whole numbers in a range.
public protocol CountDistribution: Distribution where Moment == Double {
  /// The counts that can occur, all of them between the ends; up to `Int.max` if they have no end.
  var support: ClosedRange<Int> { get }
}

extension CountDistribution {
  /// P(X = k).
  public func mass(_ k: Int) -> Double { density(Double(k)) }

  /// By bisection over the counts, for the cdf never errs so much that it falls.
  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    if p == 1, support.upperBound == .max { return .infinity }
    return least { cdf($0) >= p }
  }

  /// By bisection over the counts.
  public func upperQuantile(_ q: Double) -> Double {
    precondition(q >= 0 && q <= 1, "a probability lies in 0...1")
    if q == 0, support.upperBound == .max { return .infinity }
    return least { survival($0) <= q }
  }

  private func least(where isEnough: (Double) -> Bool) -> Double {
    support.upperBound == .max
      ? leastCount(near: mean, where: isEnough) : leastCount(in: support, where: isEnough)
  }
}
