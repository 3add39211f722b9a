#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The mixture for sums with an exponential tail above: `ψ(λ) = (−ln(1 − cλ) − cλ)/c²`.
///
///     m(s, v) = kᵏ/γ(k, k) · γ(b, a) a⁻ᵇ e^(a − k)
///     a = (cs + v + ρ)/c²      b = (v + ρ)/c²      k = ρ/c²
///
/// Sub-gamma and sub-exponential sums qualify, among them bounded outcomes with an empirical variance.
/// It is evaluated by the departure of `a` from `b`, so that no large logarithms cancel.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, proposition 9.
public struct GammaExponentialMixture: MixtureMartingale, Hashable {
  /// The precision `ρ` of the mixing law; positive.
  public let rho: Double
  /// The scale `c` of the tail, in the unit of the sum; positive.
  public let scale: Double

  /// Creates a mixture from its precision and the scale of the tail.
  public init(rho: Double, scale: Double) {
    precondition(rho > 0 && rho.isFinite, "the precision of a mixture is positive and finite")
    precondition(scale > 0 && scale.isFinite, "the scale of a tail is positive and finite")
    self.rho = rho
    self.scale = scale
  }

  /// Creates a mixture tuned, as a one-sided normal one is, for an intrinsic time.
  public init(
    tunedFor v: Double, scale: Double, alpha: Double = 0.05, tuning: MixtureTuning = .exact
  ) {
    let normal = NormalMixture(tunedFor: v, alpha: alpha, sides: .one, tuning: tuning)
    self.init(rho: normal.rho, scale: scale)
  }

  public func logEValue(sum s: Double, variance v: Double) -> Double {
    let square = scale * scale
    let (k, b) = (rho / square, (v + rho) / square)
    let u = s * scale / (v + rho)
    precondition(u > -1, "a sum is above −(v + ρ)/c")
    return 0.5 * log(rho / (v + rho)) + (stirlingError(b) - stirlingError(k))
      - b * logOnePlusMinus(u)
      + (RegularizedGamma(b).logLower(b * (1 + u)) - RegularizedGamma(k).logLower(k))
  }
}
