#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// The lower tail where it is the near one and the kernel does not serve: for a shape below 1, or at
// the smallest doubles. With `n = a + b`.
extension RegularizedBeta {
  /// The series of positive terms, DLMF 8.17.8, for a small `x`:
  ///
  ///     I_x(a, b) = x^a y^b / (a B(a, b)) · Σₖ (n)ₖ / (a + 1)ₖ xᵏ
  func series(_ x: Double, _ y: Double) -> SplitTails {
    var (term, sum, k) = (1.0, 1.0, 0.0)
    while term > 1e-17 * sum {
      term *= (a + b + k) / (a + 1 + k) * x
      sum += term
      k += 1
    }
    return SplitTails(
      coefficient: peak, exponent: exponent(x, y, shift(x, y)), ratio: sum / a, nearIsLower: true)
  }

  /// The series for a first shape below 1, DLMF 8.17.7, where `I` may be so near 1 that its
  /// complement has to be found by itself:
  ///
  ///     I_x(a, b) = E (1 + s),   E = x^a Γ(n) / (Γ(b) Γ(1 + a)),   s = a Σₖ (1 − b)ₖ xᵏ / (k! (a + k))
  func smallShapeSeries(_ x: Double, _ y: Double) -> SplitTails {
    var (term, sum, k) = (1.0, 0.0, 0.0)
    repeat {
      k += 1
      term *= (k - b) / k * x
      sum += term / (a + k)
    } while abs(term) > 1e-17 * abs(sum)
    let logE = a * log(x) + logGammaIncrease(b, by: a) - logGammaOnePlus(a)
    let far = -expm1(logE) - exp(logE) * a * sum
    let coefficient = a * exp(b * (x < 0.5 ? log1p(-x) : log(y)))
    return SplitTails(
      coefficient: coefficient, exponent: logE, ratio: (1 + a * sum) / coefficient,
      nearIsLower: true, far: far)
  }
}
