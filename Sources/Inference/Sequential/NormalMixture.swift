#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The mixture of normal martingales: the boundary behind the mSPRT, the asymptotic confidence
/// sequence, GAVI, and most always-valid intervals in use.
///
///     two-sided    m = √(ρ/(v + ρ)) exp(s²/(2(v + ρ)))          λ ~ N(0, 1/ρ)
///     one-sided    m = 2 √(ρ/(v + ρ)) exp(s²/(2(v + ρ))) Φ(s/√(v + ρ))     λ ~ |N(0, 1/ρ)|
///
/// It is for sums that are sub-Gaussian, `ψ(λ) = λ²/2`, or nearly normal. Only `v/ρ` and `s/√v` matter:
/// the unit of the sum does not.
///
/// References: Robbins (1970), *Annals of Mathematical Statistics* 41, 1397–1409; Howard, Ramdas,
/// McAuliffe and Sekhon (2021), *Annals of Statistics* 49, 1055–1080, equations 14 and 3.7.
public struct NormalMixture: MixtureMartingale, Hashable {
  /// The precision `ρ` of the mixing law, in the unit of intrinsic time; positive.
  public let rho: Double
  /// Which sums speak against the null.
  public let sides: TestSides

  /// Creates a mixture from its precision.
  public init(rho: Double, sides: TestSides = .two) {
    precondition(rho > 0 && rho.isFinite, "the precision of a mixture is positive and finite")
    self.rho = rho
    self.sides = sides
  }

  /// Creates the mixture whose boundary is lowest at an intrinsic time.
  ///
  /// A one-sided boundary is all but the two-sided one for twice its `alpha`, and is tuned so.
  ///
  /// - Parameters:
  ///   - v: The intrinsic time at which the boundary is to be lowest.
  ///   - alpha: The error probability for which it is; below ½ if one-sided.
  ///   - sides: Which sums speak against the null.
  ///   - tuning: How `ρ` is found.
  public init(
    tunedFor v: Double, alpha: Double = 0.05, sides: TestSides = .two,
    tuning: MixtureTuning = .exact
  ) {
    checkIntrinsicTime(v)
    self.init(rho: v / tuning.ratio(alpha: sides == .two ? alpha : 2 * alpha), sides: sides)
  }

  public func logEValue(sum s: Double, variance v: Double) -> Double {
    let z = s / (v + rho).squareRoot()
    let twoSided = 0.5 * (z * z - log1p(v / rho))
    return switch sides {
    case .two: twoSided
    case .one: twoSided + ln2 + StandardNormal.logCDF(z)
    }
  }

  /// The sum that is reached at any time with a probability of `alpha` at most; in closed form
  /// if two-sided, `√((v + ρ)(ln(1 + v/ρ) + 2 ln(1/α)))`.
  public func bound(variance v: Double, alpha: Double) -> Double {
    checkAlpha(alpha)
    checkIntrinsicTime(v)
    guard sides == .one else { return twoSidedBound(variance: v, alpha: alpha) }
    // Φ is below 1 and at least ½ for what is above zero: the root lies between two such bounds.
    let low = alpha < 0.5 ? twoSidedBound(variance: v, alpha: 2 * alpha) : 0
    let high = twoSidedBound(variance: v, alpha: alpha)
    let root = findRoot(from: low, to: high) { logEValue(sum: $0, variance: v) + log(alpha) }
    return root ?? low
  }

  /// A one-sided bound in closed form, a little above the exact one:
  /// `√(2(v + ρ) ln(1 + √(1 + v/ρ)/(2α)))`.
  ///
  /// Reference: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), *Annals of Statistics* 52,
  /// 2613–2640, proposition on one-sided sequences; it is what GrowthBook uses.
  public func closedFormOneSidedBound(variance v: Double, alpha: Double) -> Double {
    checkAlpha(alpha)
    checkIntrinsicTime(v)
    return (2 * (v + rho) * log1p((1 + v / rho).squareRoot() / (2 * alpha))).squareRoot()
  }

  private func twoSidedBound(variance v: Double, alpha: Double) -> Double {
    ((v + rho) * (log1p(v / rho) - 2 * log(alpha))).squareRoot()
  }
}

private let ln2 = 0.6931471805599453
