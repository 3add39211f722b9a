#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `ln P(a < Z < b)` for a standard normal Z, where `b − a` may be known better than its ends tell.
func logNormalMass(from a: Double, to b: Double, width: Double) -> Double {
  if !(width > 0) { return -.infinity }
  // From the end that is nearer to 0.
  if b < 0 { return logNormalMass(from: -b, to: -a, width: width) }
  if a >= 0 { return StandardNormal.logDensity(a) + log(normalDecay(from: a, width: width)) }
  if width > 2 { return log1p(-(StandardNormal.cdf(a) + StandardNormal.survival(b))) }
  let integral = GaussLegendre.tail.integrate(from: 0, to: width) { exp(-(a + 0.5 * $0) * $0) }
  return StandardNormal.logDensity(a) + log(integral)
}

/// `∫ exp(−(a + t/2) t) g(t) dt` over 0...width, for an `a` of zero or more: the normal density beyond `a`
/// in units of that at `a`.
func normalDecay(
  from a: Double, width: Double, _ weight: (Double) -> Double = { _ in 1 }
) -> Double {
  integrateDecay(
    to: width, slope: a, curvature: 1, exponent: { -(a + 0.5 * $0) * $0 }, slopeAt: { a + $0 },
    weight: weight)
}
