#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What Stirling's formula leaves out of the logarithm of Γ, for `x` > 0.
///
///     δ(x) = ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π]
///
/// The absolute error is a few times 1e-16 where δ is below 1. Densities written with δ and
/// with deviances (see `logOnePlusMinus`) never subtract two large logarithms.
///
/// Reference: Loader (2000), "Fast and accurate computation of binomial probabilities".
package func stirlingError(_ x: Double) -> Double {
  if x >= stirlingStart {
    let square = 1 / (x * x)
    var sum = 0.0
    for index in stirlingCoefficients.indices.reversed() {
      sum = sum * square + stirlingCoefficients[index]
    }
    return sum / x
  }
  if x < 1 {
    return (x < 0.5 ? logGammaOnePlus(x) - log(x) : logGamma(x))
      - ((x - 0.5) * log(x) - x + halfLogTwoPi)
  }
  // δ(x) − δ(x + 1) = (x + ½) ln(1 + 1/x) − 1, until the series serves.
  var (reduced, steps) = (x, 0.0)
  while reduced < stirlingStart {
    steps += (reduced + 0.5) * log1p(1 / reduced) - 1
    reduced += 1
  }
  return stirlingError(reduced) + steps
}

/// Where Stirling's series has the accuracy of a double.
let stirlingStart = 8.0

/// `B₂ₖ / (2k (2k − 1))` for `k` from 1: the coefficients of `x^(1−2k)` in δ.
let stirlingCoefficients: InlineArray<10, Double> = [
  1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
  -3617.0 / 122_400, 43867.0 / 244_188, -174_611.0 / 125_400,
]

/// `½ ln 2π`.
let halfLogTwoPi = 0.9189385332046728

/// `ln 2`.
let logTwo = 0.6931471805599453
