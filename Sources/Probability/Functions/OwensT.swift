#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Owen's function, `T(h, a) = 1/(2π) ∫₀ᵃ exp(−½h²(1 + x²)) / (1 + x²) dx`: the probability of
/// `X > h` and `0 < Y < aX` for independent standard normal X and Y.
///
/// Even in `h`, odd in `a`. The relative error is a few units in the last place, in the tails too.
///
/// Reference: Owen (1956), *Annals of Mathematical Statistics* 27, 1075–1090, equation 2.3.
public func owensT(_ h: Double, _ a: Double) -> Double {
  precondition(!h.isNaN && !a.isNaN, "Owen's function is asked for numbers")
  if a < 0 { return -owensT(h, -a) }
  let h = abs(h)
  if a <= 1 { return owensIntegral(h, a) }
  // T(h, a) + T(ah, 1/a) = ½ (p + q) − p q for the tails beyond h and ah.
  let p = StandardNormal.survival(h)
  if a == .infinity { return 0.5 * p }
  let q = StandardNormal.survival(a * h)
  return 0.5 * p + q * (0.5 - p) - owensIntegral(a * h, 1 / a)
}

/// The integral for 0 ≤ `a` ≤ 1.
private func owensIntegral(_ h: Double, _ a: Double) -> Double {
  // Where the integrand has fallen by e⁻⁴⁰ it ends.
  let reach = min(a, 9 / h)
  let integral = GaussLegendre.tail.integrate(from: 0, to: reach) { x in
    exp(-0.5 * (h * x) * (h * x)) / (1 + x * x)
  }
  // exp(−h²/2)/(2π) = φ(h)/√(2π).
  return StandardNormal.density(h) * 0.3989422804014327 * integral
}
