#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The logarithm of the gamma function, for `x` > 0.
public func logGamma(_ x: Double) -> Double {
  precondition(x > 0, "the logarithm of Γ is asked for positive numbers only")
  return lgamma(x)
}

/// The logarithm of the beta function, `ln Γ(a) + ln Γ(b) − ln Γ(a + b)`, for `a`, `b` > 0.
public func logBeta(_ a: Double, _ b: Double) -> Double {
  logGamma(a) + logGamma(b) - logGamma(a + b)
}
