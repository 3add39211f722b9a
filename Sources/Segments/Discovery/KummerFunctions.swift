internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Kummer's functions `φ(z) = M(−ν, b, z)` for `ν, z ≥ 0`, with their derivatives.
///
///     zφ″ + (b − z)φ′ + νφ = 0        φ(0) = 1,  φ′(0) = −ν/b
///
/// The power series about zero loses all digits where `νz` is large; so it is followed for a short way only,
/// and from there Taylor series about one point after another, each within a third of the distance to zero.
///
/// Reference: DLMF, chapter 13, equations 13.2.1 and 13.2.2.
struct KummerFunctions: Sendable {
  /// The parameter `b`, above zero.
  let b: Double

  /// A function with its derivatives by `z` and by `ν`.
  struct Values: Sendable {
    var value: Double
    var slope: Double
    var byNu: Double
    var slopeByNu: Double
  }

  /// The function at a point.
  ///
  /// - Complexity: O(√(*νz*) + *z*) series of some thirty terms.
  func values(nu: Double, at end: Double) -> Values {
    var z = min(end, 0.5 / (1 + nu))
    var here = aboutZero(nu, z)
    while z < end {
      let step = min(z / 3, 0.7, 0.7 * (z / max(nu, 1e-300)).squareRoot(), end - z)
      here = continued(here, nu, from: z, by: step)
      // The last step ends where it was meant to.
      z = end - z <= step ? end : z + step
    }
    return here
  }

  private func aboutZero(_ nu: Double, _ z: Double) -> Values {
    var sum = Values(value: 1, slope: 0, byNu: 0, slopeByNu: 0)
    // The coefficient of zⁿ, and its derivative by ν.
    var (term, byNu) = (1.0, 0.0)
    var power = 1.0
    for n in 0..<200 {
      let (order, divisor) = (Double(n), (b + Double(n)) * Double(n + 1))
      byNu = (byNu * (order - nu) - term) / divisor
      term *= (order - nu) / divisor
      sum.slope += (order + 1) * term * power
      sum.slopeByNu += (order + 1) * byNu * power
      power *= z
      sum.value += term * power
      sum.byNu += byNu * power
      if abs(byNu) * power < 1e-18 * abs(sum.byNu), order > nu { break }
    }
    return sum
  }

  /// The functions a step further: Taylor coefficients `a` of `φ` and `c` of `∂φ/∂ν` obey
  ///
  ///     z(n + 1)(n + 2) aₙ₊₂ = −(n + 1)(n + b − z) aₙ₊₁ − (ν − n) aₙ        and for c less aₙ.
  private func continued(_ here: Values, _ nu: Double, from z: Double, by h: Double) -> Values {
    var (a0, a1, c0, c1) = (here.value, here.slope, here.byNu, here.slopeByNu)
    var sum = Values(value: a0 + a1 * h, slope: a1, byNu: c0 + c1 * h, slopeByNu: c1)
    var power = h
    for n in 0..<200 {
      let order = Double(n)
      let (across, down) = ((order + 1) * (order + b - z), nu - order)
      let divisor = z * (order + 1) * (order + 2)
      let a2 = -(across * a1 + down * a0) / divisor
      let c2 = -(across * c1 + down * c0 + a0) / divisor
      sum.slope += (order + 2) * a2 * power
      sum.slopeByNu += (order + 2) * c2 * power
      power *= h
      sum.value += a2 * power
      sum.byNu += c2 * power
      (a0, a1, c0, c1) = (a1, a2, c1, c2)
      let isSmall =
        (order + 2) * abs(a2) * power < 1e-18 * (abs(sum.value) + h * abs(sum.slope))
        && (order + 2) * abs(c2) * power < 1e-18 * (abs(sum.byNu) + h * abs(sum.slopeByNu))
      if isSmall, n > 3 { break }
    }
    return sum
  }

  /// What the first eigenfunction misses of all mass, `1 − c₁`, for a root `ν < ½`: without cancellation.
  ///
  ///     1 − c₁ = (1 − A + ν²ġ) / (1 + ν²ġ)        φ = 1 − νg
  ///     1 − A = Q(b, X) + ν Σ (1 − ν)ₙ₋₁ / n! · P(b + n, X)
  ///
  /// `g` and `ġ = ∂g/∂ν` are series of terms of one sign: `g = Σ (1 − ν)ₙ₋₁ / ((b)ₙ n!) Xⁿ`.
  func shareLost(nu: Double, at level: Double) -> Double {
    var (rate, outside) = (0.0, RegularizedGamma(b).upper(level))
    // (1 − ν)ₙ₋₁ / n!, Xⁿ / (b)ₙ and Σ 1 / (j − ν).
    var (weight, power, harmonic) = (1.0, 1.0, 0.0)
    for n in 1..<20_000 {
      let order = Double(n)
      if n > 1 { weight *= (order - 1 - nu) }
      if n > 1 { harmonic += 1 / (order - 1 - nu) }
      weight /= order
      power *= level / (b + order - 1)
      rate -= nu * weight * power * harmonic
      let more = nu * weight * RegularizedGamma(b + order).lower(level)
      outside += more
      if order > level, more < 1e-17 * outside, weight * power * harmonic * nu < 1e-17 * abs(rate) {
        break
      }
    }
    let change = nu * rate
    return (outside + change) / (1 + change)
  }
}
