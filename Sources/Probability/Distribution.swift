/// A univariate distribution, known by its density, both tails and both inverses.
///
/// Upper tails have members of their own, so that no caller subtracts from one.
public protocol Distribution: Sendable {
  /// The logarithm of the density (or of the probability mass) at `x`; −∞ outside the support.
  func logDensity(_ x: Double) -> Double
  /// P(X ≤ x).
  func cdf(_ x: Double) -> Double
  /// P(X > x), accurate where it is small.
  func survival(_ x: Double) -> Double
  /// The smallest `x` with `cdf(x) ≥ p`, for `p` in 0...1.
  func quantile(_ p: Double) -> Double
  /// The smallest `x` with `survival(x) ≤ q`, for `q` in 0...1.
  func upperQuantile(_ q: Double) -> Double
}
