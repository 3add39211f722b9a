#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `ln Σᵢ exp(xᵢ)`, without overflow; −∞ for no terms.
///
/// The error is that of the sum of terms no greater than 1, of which one is 1.
public func logSumExp(_ terms: some Collection<Double>) -> Double {
  guard let top = terms.max(), top > -.infinity else { return -.infinity }
  if top == .infinity { return .infinity }
  // The greatest term itself is left out, so that terms small beside it are not lost.
  var (rest, isFound) = (0.0, false)
  for term in terms {
    if term == top, !isFound { isFound = true } else { rest += exp(term - top) }
  }
  return top + log1p(rest)
}

/// `ln(1 + exp x)`, the softplus: `x` where that is large, `exp x` where it is small.
public func logOnePlusExp(_ x: Double) -> Double {
  x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
}

/// `ln(1 − exp x)` for `x` ≤ 0: the logarithm of a complement, from that of a probability.
///
/// Reference: Mächler (2012), "Accurately computing log(1 − exp(−|a|))", the R package Rmpfr.
public func logOneMinusExp(_ x: Double) -> Double {
  precondition(x <= 0, "the logarithm of a probability is not positive")
  // The two meet at −ln 2.
  return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}
