#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// The lower tail where it is the near one, each way for its own region. With `n = a + b`.
extension RegularizedBeta {
  /// Quadrature of the density from `x` down to where it is negligible, for large shapes.
  ///
  /// The density at `x (1 − t)` relative to that at `x` is `exp(…)` of terms that are all negative.
  func integral(_ x: Double, _ y: Double, _ shift: Double) -> SplitTails {
    let ratio = integrateDecay(
      to: 1, slope: shift / y, curvature: a + b * (x / y) * (x / y),
      exponent: { t in
        a * logOnePlusMinus(-t) + b * logOnePlusMinus(x * t / y) - t * (shift / y)
      },
      slopeAt: { t in (shift + (a + b) * x * t) / ((1 - t) * (y + x * t)) },
      weight: { t in 1 / ((1 - t) * (y + x * t)) })
    return SplitTails(
      coefficient: peak, exponent: exponent(x, y, shift), ratio: ratio, nearIsLower: true)
  }

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

  /// The continued fraction of Didonato and Morris, after Lentz, for `x` below about the mean:
  ///
  ///     I_x(a, b) = x^a y^b / B(a, b) · 1/(β₀ + α₁/(β₁ + α₂/(β₂ + …)))
  ///     αₖ = (a + k − 1)(n + k − 1) k (b − k) x² / (a + 2k − 1)²
  ///     βₖ = k + k (b − k) x / (a + 2k − 1) + (a + k)(shift + 1 + k (1 + y)) / (a + 2k + 1)
  func fraction(_ x: Double, _ y: Double) -> SplitTails {
    let shift = self.shift(x, y)
    let first = a / (a + 1) * (shift + 1)
    var (c, d) = (first, 0.0)
    var (value, k, change) = (1 / first, 0.0, 0.0)
    repeat {
      k += 1
      let width = a + 2 * k
      let product = k * (b - k) * x / (width - 1)
      let alpha = (a + k - 1) / (width - 1) * (a + b + k - 1) * x * product
      let beta = k + product + (a + k) / (width + 1) * (shift + 1 + k * (1 + y))
      d = 1 / (beta + alpha * d)
      c = beta + alpha / c
      change = c * d
      value /= change
    } while abs(change - 1) > 4.5e-16
    return SplitTails(
      coefficient: peak, exponent: exponent(x, y, shift), ratio: value, nearIsLower: true)
  }
}
