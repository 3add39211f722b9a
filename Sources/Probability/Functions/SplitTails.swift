#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Both tails of a distribution at one point, known through the *near* tail: the one whose
/// series, fraction or integral converges there.
///
///     near = ratio · mass,   mass = coefficient · exp(exponent)
///
/// The mass is the density on the logarithmic scale of the point: `x f(x)` for the gamma
/// distribution, `x (1 − x) f(x)` for the beta.
struct SplitTails {
  /// The slowly varying part of the mass.
  var coefficient: Double
  /// The logarithm of the rest of it.
  var exponent: Double
  /// The near tail in units of the mass.
  var ratio: Double
  /// Whether the near tail is the lower one.
  var nearIsLower: Bool
  /// The other tail, where `1 − near` would lose digits.
  var far: Double?

  var near: Double { min(coefficient * ratio * exp(exponent), 1) }
  var lower: Double { nearIsLower ? near : other }
  var upper: Double { nearIsLower ? other : near }
  var logLower: Double { nearIsLower ? logNear : logOther }
  var logUpper: Double { nearIsLower ? logOther : logNear }
  var logMass: Double { log(coefficient) + exponent }

  private var other: Double { far ?? (1 - near) }

  private var logNear: Double {
    if let far, far < 0.5 { return log1p(-far) }
    return exponent + log(coefficient * ratio)
  }

  private var logOther: Double {
    if let far, far < 0.5 { return log(far) }
    return log1p(-near)
  }

  /// The same tails with the axis turned round.
  var reflected: SplitTails {
    var tails = self
    tails.nearIsLower.toggle()
    return tails
  }
}

/// Integrates `exp(exponent(t)) weight(t)` over `t` from 0 to where it is negligible.
///
/// - Parameters:
///   - end: The end of the support; may be infinite.
///   - slope: Minus the derivative of the exponent at 0, zero or more.
///   - curvature: Minus its second derivative at 0, positive. The exponent is concave.
///   - exponent: The logarithm of the decaying factor, 0 at 0.
///   - slopeAt: Minus the derivative of the exponent.
///   - weight: A slowly varying factor.
/// - Returns: The integral, to a few units in the last place for a log-concave density.
@inline(__always) func integrateDecay(
  to end: Double, slope: Double, curvature: Double,
  exponent: (Double) -> Double, slopeAt: (Double) -> Double, weight: (Double) -> Double
) -> Double {
  // Where a parabola would fall by e⁻³⁸, and from there one Newton step, which on a concave
  // exponent ends beyond the point sought.
  let drop = 38.0
  var reach = 2 * drop / (slope + (slope * slope + 2 * drop * curvature).squareRoot())
  if reach < end { reach += max(0, (exponent(reach) + drop) / slopeAt(reach)) }
  reach = min(reach, end)
  return GaussLegendre.tail.integrate(from: 0, to: reach) { exp(exponent($0)) * weight($0) }
}
