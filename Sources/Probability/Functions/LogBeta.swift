#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The logarithm of the beta function, `ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b)`, for
/// positive `a` and `b`.
///
/// Large parameters meet in one formula whose terms all have the same sign, so nothing cancels:
///
///     ln B = (a − ½) ln(a/n) + (b − ½) ln(b/n) − ½ ln n + ½ ln 2π + δ(a) + δ(b) − δ(n)
///
/// with `n = a + b` and δ as in `stirlingError`.
public func logBeta(_ a: Double, _ b: Double) -> Double {
  precondition(a > 0 && b > 0, "the beta function is asked for positive numbers only")
  let (p, q) = (min(a, b), max(a, b))
  let n = p + q
  if p >= stirlingStart {
    return (p - 0.5) * log(p / n) - (q - 0.5) * log1p(p / q) - 0.5 * log(n) + halfLogTwoPi
      + (stirlingError(p) + stirlingError(q) - stirlingError(n))
  }
  if p <= 0.5 {
    // Γ(p) = Γ(1 + p)/p, and the rest is small.
    return logGammaOnePlus(p) - log(p) - logGammaIncrease(q, by: p)
  }
  if q >= stirlingStart {
    let ratio = -(q - 0.5) * log1p(p / q) - p * (log(n) - 1) + stirlingError(q) - stirlingError(n)
    return logGamma(p) + ratio
  }
  return logGamma(p) + logGamma(q) - logGamma(n)
}
