#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The mixture for sums of bounded jumps upwards: `ψ(λ) = (exp(cλ) − cλ − 1)/c²`.
///
///     m(s, v) = kᵏ/Γ(k, k) · Γ(a, b) b⁻ᵃ e^(b − k)
///     a = (cs + v + ρ)/c²      b = (v + ρ)/c²      k = ρ/c²
///
/// Counts compensated by their rate qualify (`c` = 1), and martingales whose jumps do not exceed `c`.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, proposition 10.
public struct GammaPoissonMixture: MixtureMartingale, Hashable {
  /// The precision `ρ` of the mixing law; positive.
  public let rho: Double
  /// The greatest jump `c`, in the unit of the sum; positive.
  public let scale: Double

  /// Creates a mixture from its precision and the greatest jump.
  public init(rho: Double, scale: Double) {
    precondition(rho > 0 && rho.isFinite, "the precision of a mixture is positive and finite")
    precondition(scale > 0 && scale.isFinite, "the greatest jump is positive and finite")
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
    let a = b + s / scale
    precondition(a > 0, "a sum is above −(v + ρ)/c")
    return 0.5 * log(k / a) + (stirlingError(a) - stirlingError(k))
      - a * logOnePlusMinus(-s / scale / a)
      + (RegularizedGamma(a).logUpper(b) - RegularizedGamma(k).logUpper(k))
  }
}
