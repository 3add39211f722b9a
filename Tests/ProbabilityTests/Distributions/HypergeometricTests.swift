import Foundation
import Probability
import TestSupport
import Testing

struct HypergeometricTests {
  /// Every count of small tables, by masses that are exact integers over one denominator.
  @Test(arguments: [(20, 10, 10), (24, 12, 7), (17, 5, 9), (30, 15, 11), (12, 12, 4)])
  func twoSidesCountTiesExactly(size: Int, hits: Int, draws: Int) {
    let law = HypergeometricDistribution(population: size, successes: hits, draws: draws)
    let ways = law.support.map { choose(hits, $0) * choose(size - hits, draws - $0) }
    let total = ways.reduce(0, +)
    for (k, own) in zip(law.support, ways) {
      let expected = Double(ways.filter { $0 <= own }.reduce(0, +)) / Double(total)
      #expect(relativeError(law.minimumLikelihoodProbability(k), expected) < 1e-14)
    }
  }

  @Test func largeSymmetricTablesTie() {
    let law = HypergeometricDistribution(
      population: 1_000_000_000, successes: 500_000_000, draws: 400_000)
    let tail = law.cdf(199_000)
    #expect(relativeError(law.minimumLikelihoodProbability(199_000), 2 * tail) < 1e-12)
    #expect(law.minimumLikelihoodProbability(199_000) == law.minimumLikelihoodProbability(201_000))
  }

  private func choose(_ n: Int, _ k: Int) -> Int {
    k < 0 || k > n ? 0 : (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
  }
}
