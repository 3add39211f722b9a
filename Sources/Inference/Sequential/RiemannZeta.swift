#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Riemann's zeta function, `ζ(s) = Σ n^−s` over n from 1, for `s` > 1.
///
/// By the Euler–Maclaurin formula after ten terms; the relative error is a few units in the last
/// place.
///
/// Reference: *NIST Digital Library of Mathematical Functions*, 25.2.9.
func riemannZeta(_ s: Double) -> Double {
  precondition(s > 1, "the sum of n^−s is finite for s above 1 only")
  let n = 10.0
  let power = pow(n, -s)
  // From the least term to the greatest.
  var sum = 0.0
  // The tail: ∫ + f(n)/2 − Σ B₂ₖ/(2k)! f⁽²ᵏ⁻¹⁾(n).
  var factor = s / n
  for (index, coefficient) in bernoulliRatios.enumerated() {
    sum += coefficient * factor
    let m = s + Double(2 * index + 1)
    factor *= m * (m + 1) / (n * n)
  }
  sum = power * (n / (s - 1) + 0.5 + sum)
  for k in stride(from: n - 1, through: 1, by: -1) { sum += pow(k, -s) }
  return sum
}

/// `B₂ₖ/(2k)!` for k from 1.
private let bernoulliRatios: [Double] = [
  1.0 / 12, -1.0 / 720, 1.0 / 30_240, -1.0 / 1_209_600, 1.0 / 47_900_160,
  -691.0 / 1_307_674_368_000, 1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000,
]
