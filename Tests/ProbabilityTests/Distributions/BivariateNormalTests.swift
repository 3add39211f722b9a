import Probability
import TestSupport
import Testing

struct BivariateNormalTests {
  static let correlations = [-1, -0.9999999, -0.6, 0, 1e-9, 0.3, 0.95, 0.99999999, 1]

  @Test(arguments: correlations)
  func boundsMayBeSwapped(rho: Double) {
    for (h, k) in [(0.5, -1.5), (-6, -5.5), (3, 2.9), (-20, 4)] {
      let (one, other) = (
        BivariateNormal.cdf(h, k, correlation: rho), BivariateNormal.cdf(k, h, correlation: rho)
      )
      #expect(abs(one - other) <= 1e-13 * one)
    }
  }

  /// Φ₂(h, k; ρ) + Φ₂(h, −k; −ρ) = Φ(h).
  @Test(arguments: correlations)
  func halvesMakeTheMargin(rho: Double) {
    for (h, k) in [(0.5, -1.5), (-6, -5.5), (3, 2.9), (1, 1)] {
      let sum =
        BivariateNormal.cdf(h, k, correlation: rho) + BivariateNormal.cdf(h, -k, correlation: -rho)
      #expect(relativeError(sum, StandardNormal.cdf(h)) < 1e-14)
    }
  }

  /// Φ₂(0, 0; ρ) = ¼ + asin(ρ)/2π at ρ = ½, and Φ₂(h, 0; −½) by Owen's function.
  @Test func closedFormsAreMet() {
    #expect(relativeError(BivariateNormal.cdf(0, 0, correlation: 0.5), 1.0 / 3) < 1e-15)
    // Φ₂(h, 0; ρ) = ½ Φ(h) + T(h, ρ/√(1 − ρ²)).
    for h in [-7, -1.5, 0, 2] {
      let expected = 0.5 * StandardNormal.cdf(Double(h)) - owensT(Double(h), (1.0 / 3).squareRoot())
      #expect(
        relativeError(BivariateNormal.cdf(Double(h), 0, correlation: -0.5), expected) < 1e-9)
    }
    #expect(BivariateNormal.cdf(-.infinity, 3, correlation: 0.2) == 0)
    #expect(BivariateNormal.cdf(1, .infinity, correlation: 0.2) == StandardNormal.cdf(1))
  }
}
