import Foundation
import Probability
import Testing

/// A million draws of every fill against its law. Each check is a false alarm with probability 1e-6
/// if seeds were drawn at random; they are fixed.
struct SamplingLawTests {
  static let count = 1_000_000
  static let shapes = [1e-3, 0.1, 0.7, 1, 1.5, 30, 1e7]

  @Test func uniform() {
    let draws = filled(Self.count, seed: 1) { $1.fill(&$0) }
    #expect(draws.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(distanceOverBound(draws) { $0 } < 1)
  }

  @Test func normal() {
    let law = NormalDistribution(mean: -3, standardDeviation: 0.01)
    #expect(
      distanceOverBound(
        filled(Self.count, seed: 2) { StandardNormal.fill(&$0, using: &$1) }, StandardNormal.cdf)
        < 1)
    #expect(
      distanceOverBound(filled(Self.count, seed: 3) { law.fill(&$0, using: &$1) }, law.cdf) < 1)
  }

  @Test func normalNeighboursAreIndependent() {
    // Each pair has one radius: squares of partners, and draws in turn, would show it.
    let z = filled(Self.count, seed: 4) { StandardNormal.fill(&$0, using: &$1) }
    let bound = 4.9 / Double(Self.count).squareRoot()
    for lag in [1, 2, 8, 16, 32] {
      let pairs = zip(z, z.dropFirst(lag))
      let n = Double(Self.count - lag)
      // Variances 1 and 4.
      #expect(abs(pairs.reduce(0) { $0 + $1.0 * $1.1 } / n) < bound)
      #expect(
        abs(pairs.reduce(0) { $0 + ($1.0 * $1.0 - 1) * ($1.1 * $1.1 - 1) } / n) < 2 * bound)
    }
  }

  @Test func normalTails() {
    // Of a million, 2,700 ± 52 lie beyond 3 and 63 ± 8 beyond 4; 4.9 standard deviations are allowed.
    let z = filled(Self.count, seed: 5) { StandardNormal.fill(&$0, using: &$1) }
    for edge in [2.0, 3, 4] {
      let expected = 2 * StandardNormal.survival(edge) * Double(Self.count)
      let beyond = Double(z.count { abs($0) > edge })
      #expect(abs(beyond - expected) < 4.9 * expected.squareRoot())
    }
  }

  @Test func exponential() {
    let law = ExponentialDistribution(mean: 40)
    #expect(
      distanceOverBound(filled(Self.count, seed: 6) { law.fill(&$0, using: &$1) }, law.cdf) < 1)
  }

  @Test(arguments: shapes + [1e8])
  func gamma(shape: Double) {
    let law = GammaDistribution(shape: shape, scale: 2)
    let logs = filled(Self.count, seed: 7) { law.fillLogarithms(&$0, using: &$1) }
    // P(k, x) is x^k / Γ(1 + k) where x underflows.
    let cdf = { (log: Double) in
      log < -600
        ? exp(shape * (log - Foundation.log(2)) - logGamma(1 + shape)) : law.cdf(exp(log))
    }
    // The logarithm of a great draw has lost digits of its deviation from the mean.
    if shape < 1e4 { #expect(distanceOverBound(logs, cdf) < 1) }
    guard shape >= 0.1 else { return }
    let draws = filled(Self.count, seed: 8) { law.fill(&$0, using: &$1) }
    #expect(draws.allSatisfy { $0 > 0 })
    #expect(distanceOverBound(draws, law.cdf) < 1)
  }

  static let pairs =
    shapes.map { ($0, $0) }
    + [
      (0.5, 0.5), (0.3, 0.8), (2, 8), (120, 880), (0.1, 30), (30, 1e-3), (0.05, 0.9), (1, 1e7),
      (1e8, 3),
    ]

  @Test(arguments: pairs)
  func beta(alpha: Double, beta: Double) {
    let law = BetaDistribution(alpha: alpha, beta: beta)
    let draws = filled(Self.count, seed: 9) { law.fill(&$0, using: &$1) }
    #expect(draws.allSatisfy { $0 > 0 && $0 < 1 })
    // Small shapes have draws that a double cannot tell from 0, or sooner from 1: a hundredth of those of
    // Beta(0.1, 0.1). There the log-odds are held to the law, below.
    if alpha >= 0.05, beta >= 0.4 { #expect(distanceOverBound(draws, law.cdf) < 1) }
  }

  @Test(arguments: pairs.filter { max($0.0, $0.1) < 1e4 })
  func betaLogOdds(alpha: Double, beta: Double) {
    let odds = filled(Self.count, seed: 10) {
      BetaDistribution(alpha: alpha, beta: beta).fillLogOdds(&$0, using: &$1)
    }
    #expect(distanceOverBound(odds) { logOddsCDF($0, alpha, beta) } < 1)
  }

  /// P(log-odds ≤ x), which I_x(α, β) ≈ x^α / (α B(α, β)) gives where the share underflows.
  private func logOddsCDF(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    if x > 0 {
      return 1 - (x > 600 ? tail(x, beta, alpha) : RegularizedBeta(beta, alpha).lower(share(-x)))
    }
    return x < -600 ? tail(-x, alpha, beta) : RegularizedBeta(alpha, beta).lower(share(x))
  }

  private func share(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }

  private func tail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    exp(-a * x - logBeta(a, b) - log(a))
  }

  @Test(arguments: [
    (1, 0.5), (10, 0.3), (60, 0.01), (200, 0.5), (1_000, 0.97), (25, 0.4), (10_000, 0.3),
    (1_000_000_000, 1e-8), (10_000_000, 0.3),
  ])
  func binomial(trials: Int, probability: Double) {
    let law = BinomialDistribution(trials: trials, probability: probability)
    let draws = filled(Self.count, seed: 11) { law.fill(&$0, using: &$1) }
    let reach = 8 * law.variance.squareRoot() + 40
    let first = max(0, Int(law.mean - reach))
    let masses = (first...min(trials, Int(law.mean + reach))).map(law.mass)
    #expect(chiSquaredOverBound(draws, from: first, masses: masses) < 1)
  }

  @Test(arguments: [1e-3, 0.1, 1, 9.5, 10, 30, 1e4])
  func poisson(mean: Double) {
    let draws = filled(Self.count, seed: 12) {
      PoissonDistribution(mean: mean).fill(&$0, using: &$1)
    }
    let reach = 8 * mean.squareRoot() + 40
    let first = max(0, Int(mean - reach))
    let masses = (first...Int(mean + reach)).map { k in
      exp(Double(k) * log(mean) - mean - logGamma(Double(k) + 1))
    }
    #expect(chiSquaredOverBound(draws, from: first, masses: masses) < 1)
  }

  // An urn, a table, the ratio of uniform numbers, each also from the rarer side.
  @Test(arguments: [
    (20, 8, 6), (20, 14, 17), (1_000, 300, 200), (1_000, 700, 900), (100, 90, 50),
    (1_000_000_000, 300_000_000, 2_000_000), (10_000_000, 9_000_000, 6_000_000), (7, 7, 3),
    (1 << 53, 1 << 40, 1 << 20), (5, 0, 2),
  ])
  func hypergeometric(population: Int, successes: Int, draws: Int) {
    let law = HypergeometricDistribution(
      population: population, successes: successes, draws: draws)
    let reach = Int(8 * law.variance.squareRoot()) + 20
    let first = max(law.support.lowerBound, Int(law.mean) - reach)
    let masses = (first...min(law.support.upperBound, Int(law.mean) + reach)).map(law.mass)
    let filled = filled(Self.count, seed: 14) { law.fill(&$0, using: &$1) }
    #expect(filled.allSatisfy { law.support.contains(Int($0)) })
    var rng = Philox(StreamKey(seed: 15, purpose: .posterior))
    let drawn = (0..<Self.count / 4).map { _ in law.draw(using: &rng) }
    #expect(drawn.allSatisfy { law.support.contains(Int($0)) })
    guard masses.count > 1 else { return }
    #expect(chiSquaredOverBound(filled, from: first, masses: masses) < 1)
    #expect(chiSquaredOverBound(drawn, from: first, masses: masses) < 1)
  }

  // P(X ≤ k) = Q(k + 1, λ).
  @Test func poissonOfAGreatMean() {
    let mean = 1e7
    let draws = filled(Self.count, seed: 13) {
      PoissonDistribution(mean: mean).fill(&$0, using: &$1)
    }
    // Ties of a lattice move the distance by at most the greatest mass, 1.3e-4, of 2.7e-3 allowed.
    #expect(distanceOverBound(draws) { RegularizedGamma($0 + 1).upper(mean) } < 1)
  }
}
