import Foundation
import Probability
import Testing

/// Draws of small shapes, most of which a double cannot hold, on the scale of the logarithm.
struct SmallShapeTests {
  // Kolmogorov–Smirnov bound at a false alarm rate of 1e-6.
  private func distance(_ probabilities: [Double]) -> (distance: Double, bound: Double) {
    let n = Double(probabilities.count)
    let distance = probabilities.sorted().enumerated().map { index, p in
      max(Double(index + 1) / n - p, p - Double(index) / n)
    }.max()
    return (distance ?? 1, (log(2e6) / (2 * n)).squareRoot())
  }

  @Test(arguments: [1e-6, 1e-3, 0.1, 0.9])
  func logDrawsFollowTheGammaLaw(shape: Double) {
    let law = GammaDistribution(shape: shape)
    var rng = Philox(StreamKey(seed: 3, purpose: .posterior))
    // P(a, x) is x^a / Γ(1 + a) where x underflows.
    let probabilities = (0..<50_000).map { _ in
      let logX = law.logDraw(using: &rng)
      return logX < -600 ? exp(shape * logX - logGamma(1 + shape)) : law.cdf(exp(logX))
    }
    let result = distance(probabilities)
    #expect(result.distance < result.bound)
  }

  @Test func logOddsOfSymmetricShapesAreSymmetric() {
    let law = BetaDistribution(alpha: 1e-3, beta: 1e-3)
    var rng = Philox(StreamKey(seed: 4, purpose: .posterior))
    // On the far side the log-odds are −E/α in law: I_x ≈ x^α / 2.
    let probabilities = (0..<50_000).map { _ in
      let odds = law.logOddsDraw(using: &rng)
      let tail = abs(odds) < 600 ? law.cdf(1 / (1 + exp(abs(odds)))) : farTail(abs(odds))
      return odds < 0 ? tail : 1 - tail
    }
    let result = distance(probabilities)
    #expect(result.distance < result.bound)
  }

  private func farTail(_ odds: Double) -> Double {
    exp(-1e-3 * odds - logBeta(1e-3, 1e-3) - log(1e-3))
  }

  @Test func drawsStayInsideTheSupport() {
    var rng = Philox(StreamKey(seed: 5, purpose: .posterior))
    for shape in [1e-6, 1e-3, 0.1] {
      for _ in 0..<2_000 {
        let x = BetaDistribution(alpha: shape, beta: shape).draw(using: &rng)
        #expect(x > 0 && x < 1)
        #expect(GammaDistribution(shape: shape).draw(using: &rng) > 0)
      }
    }
  }
}
