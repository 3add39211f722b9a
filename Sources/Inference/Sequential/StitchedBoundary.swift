#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A boundary of the law of the iterated logarithm, stitched from linear ones over geometric epochs.
///
///     u(v) = √(k₁² w ℓ + k₂² c² ℓ²) + k₂ c ℓ      w = max(v, v₀)
///     ℓ = s ln ln(ηw/v₀) + ln(ζ(s)/(α (ln η)^s))
///     k₁ = (η^¼ + η^−¼)/√2      k₂ = (√η + 1)/2
///
/// A sub-gamma sum of scale `c` ever reaches it with a probability of `α` at most. It grows as
/// `√(v ln ln v)`, more slowly than a mixture's `√(v ln v)`, but its constants are larger: a mixture is
/// lower for most of what is practical.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, theorem 1 and
/// equation 10.
public struct StitchedBoundary: Hashable, Sendable {
  /// The intrinsic time `v₀` from which the boundary moves; positive.
  public let start: Double
  /// The scale `c` of the sum's tail: 0 for sub-Gaussian sums, negative for lighter tails.
  public let scale: Double
  /// The exponent `s` by which error is given to later epochs; above 1.
  public let exponent: Double
  /// The ratio `η` of the ends of an epoch; above 1.
  public let ratio: Double

  /// Creates a boundary.
  public init(start: Double, scale: Double = 0, exponent: Double = 1.4, ratio: Double = 2) {
    checkIntrinsicTime(start)
    precondition(scale.isFinite, "the scale of a tail is finite")
    precondition(exponent > 1 && ratio > 1, "the exponent and the ratio of epochs are above 1")
    self.start = start
    self.scale = scale
    self.exponent = exponent
    self.ratio = ratio
  }

  /// The sum that is reached at any time with a probability of `alpha` at most.
  public func bound(variance v: Double, alpha: Double) -> Double {
    checkAlpha(alpha)
    checkIntrinsicTime(v)
    let time = max(v, start)
    let epochs = Epochs(exponent: exponent, ratio: ratio)
    let l = epochs.logLog(time / start) + log(riemannZeta(exponent)) + epochs.logShare - log(alpha)
    let linear = epochs.k2 * scale * l
    let root = (epochs.k1 * epochs.k1 * time * l + linear * linear).squareRoot()
    // For a negative scale the two cancel; their product does not.
    return linear >= 0 ? root + linear : epochs.k1 * epochs.k1 * time * l / (root - linear)
  }
}

/// The constants of epochs whose ends grow by a ratio `η`, weighed by a power `s`.
struct Epochs {
  let exponent: Double
  let ratio: Double

  /// `(η^¼ + η^−¼)/√2`.
  var k1: Double { (pow(ratio, 0.25) + pow(ratio, -0.25)) / 2.0.squareRoot() }
  /// `(√η + 1)/2`.
  var k2: Double { 0.5 * (ratio.squareRoot() + 1) }
  /// `−s ln ln η`.
  var logShare: Double { -exponent * log(log(ratio)) }

  /// `s ln ln(η t)` for a time `t` ≥ 1 in units of the start.
  func logLog(_ t: Double) -> Double { exponent * log(log(ratio) + log(t)) }
}
