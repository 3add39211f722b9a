#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A boundary on the empirical distribution at a quantile, for every quantile and every time at once.
///
/// The share of values at or below the true `p`-quantile exceeds `p` by `g(p, t)/t` at no `t` and no
/// `p`, but for a probability of `α`:
///
///     g = δ √(η w σ²/m) + √(k₁² σ² w ℓ + k₂² c² ℓ²) + k₂ c ℓ      w = max(t, m)
///     ℓ = s ln ln(ηw/m) + s ln j + ln(2ζ(s)(2ζ(s) + 1)/(α (ln η)^s))
///     j = √(w/m) |logit p|/(2δ) + 1      c = (1 − 2p)/3
///     σ² = r(1 − r),  r = p from ½ on, and min(½, expit(logit p + 2δ√(ηm/w))) below
///
/// It is stitched twice: over epochs of time and over a grid of quantiles.
///
/// Reference: Howard and Ramdas (2022), *Bernoulli* 28, 1704–1728, theorem 3.
public struct QuantileBoundary: Hashable, Sendable {
  /// The count `m` from which the boundary moves, at least 1.
  public let start: Double
  /// The fineness `δ` of the grid of quantiles, on the logit scale; positive.
  public let fineness: Double
  /// The exponent `s` by which error is given to later epochs; above 1.
  public let exponent: Double
  /// The ratio `η` of the ends of an epoch; above 1.
  public let ratio: Double

  /// Creates a boundary.
  public init(start: Double, fineness: Double = 0.5, exponent: Double = 1.4, ratio: Double = 2) {
    precondition(start >= 1 && start.isFinite, "a boundary starts at one value or more")
    precondition(fineness > 0 && fineness.isFinite, "the grid of quantiles has a positive width")
    precondition(exponent > 1 && ratio > 1, "the exponent and the ratio of epochs are above 1")
    self.start = start
    self.fineness = fineness
    self.exponent = exponent
    self.ratio = ratio
  }

  /// The excess count `g` over `pt` that is reached at any time, for any quantile, with a probability
  /// of `alpha` at most.
  public func bound(quantile p: Double, count t: Double, alpha: Double) -> Double {
    precondition(0 < p && p < 1, "a quantile lies between 0 and 1")
    checkAlpha(alpha)
    checkIntrinsicTime(t)
    let time = max(t, start)
    let logit = log(p) - log1p(-p)
    let shift = 2 * fineness * (ratio * start / time).squareRoot()
    let r = p >= 0.5 ? p : min(0.5, 1 / (1 + exp(-(logit + shift))))
    let variance = r * (1 - r)
    let epochs = Epochs(exponent: exponent, ratio: ratio)
    let gridPoint = (time / start).squareRoot() * abs(logit) / (2 * fineness)
    let zeta = riemannZeta(exponent)
    let l =
      epochs.logLog(time / start) + exponent * log1p(gridPoint)
      + log(2 * zeta * (2 * zeta + 1)) + epochs.logShare - log(alpha)
    let linear = epochs.k2 * (1 - 2 * p) / 3 * l
    let square = epochs.k1 * epochs.k1 * variance * time * l
    let root = (square + linear * linear).squareRoot()
    return fineness * (ratio * time * variance / start).squareRoot()
      + (linear >= 0 ? root + linear : square / (root - linear))
  }
}
