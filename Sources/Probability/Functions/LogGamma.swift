#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The logarithm of the gamma function, `ln Γ(x)`, for `x` > 0.
///
/// The relative error is a few units in the last place, also beside the zeros at 1 and 2.
///
/// - Edge cases: +∞ at +∞.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 5.7.3 (near 2), 5.5.1 (the
/// recurrence), 5.11.1 (from 8 on).
public func logGamma(_ x: Double) -> Double {
  precondition(x > 0, "the logarithm of Γ is asked for positive numbers only")
  if x < 0.5 { return logGammaOnePlus(x) - log(x) }
  if x < 1.4 { return logGammaOnePlus(x - 1) }
  if x < 2.5 { return logGammaTwoPlus(x - 2) }
  if x >= stirlingStart {
    return (x - 0.5) * (log(x) - 1) - 0.5 + halfLogTwoPi + stirlingError(x)
  }
  var (factor, reduced) = (1.0, x)
  while reduced >= 2.5 {
    reduced -= 1
    factor *= reduced
  }
  return log(factor) + logGammaTwoPlus(reduced - 2)
}

/// `ln Γ(x + h) − ln Γ(x)` for 0 < `h` ≤ 1, without cancellation: its error is small beside `h`.
func logGammaIncrease(_ x: Double, by h: Double) -> Double {
  // Γ(x + h) / Γ(x) = Γ(x + 1 + h) / Γ(x + 1) · x / (x + h), until Stirling's series serves.
  var (x, steps) = (x, 0.0)
  while x < stirlingStart {
    steps += log1p(h / x)
    x += 1
  }
  let moved = (x - 0.5) * log1p(h / x) + h * (log(x + h) - 1)
  // Each term of the series by uᵐ − vᵐ = (u − v)(uᵐ⁻¹ + uᵐ⁻²v + … + vᵐ⁻¹).
  let (u, v) = (1 / (x + h), 1 / x)
  var (sum, powers, power) = (0.0, 1.0, v)
  for index in stirlingCoefficients.indices {
    sum += stirlingCoefficients[index] * powers
    // From m to m + 2 powers.
    powers = (powers * u + power) * u + power * v
    power *= v * v
  }
  return moved - h * u * v * sum - steps
}

/// `ln Γ(1 + z)` for −0.5 ≤ `z` ≤ 1, with a small error relative to its value.
func logGammaOnePlus(_ z: Double) -> Double {
  z <= 0.5 ? logGammaTwoPlus(z) - log1p(z) : logGammaTwoPlus(z - 1)
}

/// `ln Γ(2 + z)` for −0.6 ≤ `z` ≤ 0.5, with a small error relative to `z`.
///
///     ln Γ(2 + z) = (1 − γ) z + Σₖ (−1)ᵏ (ζ(k) − 1) zᵏ / k,   k ≥ 2
private func logGammaTwoPlus(_ z: Double) -> Double {
  // The even and the odd powers are two chains, so that the processor runs them side by side.
  let square = z * z
  var (even, odd) = (0.0, 0.0)
  for pair in zetaCoefficients.indices.reversed() {
    even = even * square + zetaCoefficients[pair].even
    odd = odd * square + zetaCoefficients[pair].odd
  }
  return z * (0.42278433509846713 + z * (even - z * odd))
}

/// `(ζ(k) − 1)/k` for an even `k` and for the odd one after it, from 2 on.
private let zetaCoefficients: InlineArray<15, (even: Double, odd: Double)> = [
  (0.3224670334241132, 0.0673523010531981),
  (0.020580808427784546, 0.007385551028673986),
  (0.0028905103307415234, 0.001192753911703261),
  (0.0005096695247430425, 0.00022315475845357939),
  (9.945751278180853e-05, 4.492623673813314e-05),
  (2.050721277567069e-05, 9.439488275268397e-06),
  (4.374866789907488e-06, 2.039215753801366e-06),
  (9.55141213040742e-07, 4.492469198764566e-07),
  (2.1207184805554665e-07, 1.0043224823968099e-07),
  (4.7698101693639804e-08, 2.2711094608943164e-08),
  (1.0838659214896955e-08, 5.183475041970047e-09),
  (2.4836745438024785e-09, 1.1921401405860912e-09),
  (5.731367241678862e-10, 2.7595228851242334e-10),
  (1.330476437424449e-10, 6.4229645638381e-11),
  (3.1044247747322276e-11, 1.5021384080754142e-11),
]
