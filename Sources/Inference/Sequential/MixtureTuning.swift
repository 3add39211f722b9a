#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How the width of a mixture is chosen, so that its boundary is lowest at one intrinsic time.
///
/// A boundary is valid at every time whatever its mixture; the tuning says where it is tight. The
/// boundary of a normal mixture is lowest at time `v` if
///
///     ρ = v / (−W₋₁(−α²/e) − 1)
///
/// with `W₋₁` the lower branch of Lambert's function. It loses little at times within a factor of
/// ten of `v`. The tuning must not look at the data, nor at how many of them there are.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, section 3.5.
public enum MixtureTuning: String, CaseIterable, Codable, Sendable {
  /// Lambert's function, to rounding.
  case exact
  /// Its first terms, `−W₋₁ − 1 ≈ 2 ln(1/α) + ln(1 + 2 ln(1/α))`, as confseq, GrowthBook and Eppo do;
  /// the boundary is higher than the lowest by some 1e-5 of itself.
  case approximate

  /// The ratio `v/ρ` at which the two-sided boundary for `alpha` is lowest.
  public func ratio(alpha: Double) -> Double {
    checkAlpha(alpha)
    let l = -2 * log(alpha)
    return switch self {
    case .exact: lambertOffset(l)
    case .approximate: l + log1p(l)
    }
  }
}

/// `−W₋₁(−exp(−1 − l)) − 1` for `l` > 0: the positive root `x` of `x − ln(1 + x) = l`.
///
/// In this form the argument of Lambert's function may be far below the least double.
private func lambertOffset(_ l: Double) -> Double {
  // Newton's method on a convex function that rises; from above the root it falls to it.
  var x = l + (2 * l).squareRoot()
  for _ in 0..<30 {
    let step = (x - log1p(x) - l) * (1 + x) / x
    x -= step
    if abs(step) <= 0x1p-50 * x { break }
  }
  return x
}
