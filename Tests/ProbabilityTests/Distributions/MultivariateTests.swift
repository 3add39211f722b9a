import Foundation
import Probability
import TestSupport
import Testing

struct MultivariateTests {
  // SciPy 1.17.1, dirichlet.logpdf and multivariate_normal.logpdf.
  @Test func densitiesAgreeWithSciPy() {
    let dirichlet = DirichletDistribution(concentrations: [0.5, 2, 3.5])
    #expect(relativeError(dirichlet.logDensity([0.2, 0.3, 0.5]), 0.8820313980015224) < 1e-14)
    let normal = MultivariateNormalDistribution(
      mean: [1, -1, 0.5], factor: [2, 0.6, 0.8, -0.4, 0.3, 1.2])
    #expect(relativeError(normal.logDensity([0, 0, 1]), -4.8666603169037055) < 1e-14)
  }

  @Test func drawsHaveTheMomentsOfTheLaw() {
    let law = MultivariateNormalDistribution(mean: [1, -1], factor: [2, 0.6, 0.8])
    var rng = Philox(StreamKey(seed: 11, purpose: .posterior))
    let count = 100_000
    var sums = [0.0, 0.0, 0.0]
    for _ in 0..<count {
      let x = law.draw(using: &rng)
      sums[0] += x[0]
      sums[1] += x[1]
      sums[2] += (x[0] - 1) * (x[1] + 1)
    }
    // Bands of five standard errors.
    let n = Double(count)
    #expect(abs(sums[0] / n - 1) < 5 * (law.covariance(0, 0) / n).squareRoot())
    #expect(abs(sums[1] / n + 1) < 5 * (law.covariance(1, 1) / n).squareRoot())
    #expect(abs(sums[2] / n - law.covariance(0, 1)) < 5 * (5.44 / n).squareRoot())
  }

  @Test func sharesSumToOneAndFollowTheirMarginal() {
    let law = DirichletDistribution(concentrations: [0.01, 0.6, 4])
    var rng = Philox(StreamKey(seed: 12, purpose: .posterior))
    let draws = (0..<20_000).map { _ in law.draw(using: &rng) }
    #expect(draws.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-14 })
    let entry = CatalogueEntry("share", law.marginal(2), on: 0...1) { law.draw(using: &$0)[2] }
    #expect(checkDistributionLaws(entry, draws: 20_000) == [])
  }

  /// `E exp(−tω)` is known in closed form; the band is five standard errors.
  @Test(arguments: [(1, 0.0), (1, 2.5), (3, -7), (1, 60)])
  func polyaGammaDrawsHaveTheirTransform(trials: Int, tilt: Double) {
    let law = PolyaGammaDistribution(trials: trials, tilt: tilt)
    var rng = Philox(StreamKey(seed: 13, purpose: .posterior))
    let draws = (0..<50_000).map { _ in law.draw(using: &rng) }
    let n = Double(draws.count)
    let mean = draws.reduce(0, +) / n
    #expect(abs(mean - law.mean) < 5 * (law.variance / n).squareRoot())
    for t in [0.5, 4, 20] {
      let transform = { (t: Double) in
        pow(cosh(tilt / 2) / cosh((tilt * tilt / 4 + t / 2).squareRoot()), Double(trials))
      }
      let expected = transform(t)
      let spread = (transform(2 * t) - expected * expected) / n
      let average = draws.reduce(0) { $0 + exp(-t * $1) } / n
      #expect(abs(average - expected) < 5 * spread.squareRoot())
    }
  }
}
