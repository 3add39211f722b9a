import Probability
import TestSupport
import Testing

struct RankTests {
  static let arms = [
    BetaDistribution(alpha: 120, beta: 880), .init(alpha: 130, beta: 870),
    .init(alpha: 110, beta: 890), .init(alpha: 0.3, beta: 2), .init(alpha: 125.5, beta: 874.5),
  ]

  @Test func firstRankIsTheProbabilityOfBest() {
    let best = BetaComparison.probabilitiesOfBest(Self.arms)
    for (row, expected) in zip(BetaComparison.rankProbabilities(Self.arms), best) {
      #expect(abs(row[0] - expected) < 1e-14)
    }
  }

  /// The last of the arms is the first of those turned round.
  @Test func lastRankIsTheFirstOfTheFailures() {
    let turned = Self.arms.map { BetaDistribution(alpha: $0.beta, beta: $0.alpha) }
    let worst = BetaComparison.probabilitiesOfBest(turned)
    for (row, expected) in zip(BetaComparison.rankProbabilities(Self.arms), worst) {
      #expect(abs(row[row.count - 1] - expected) < 1e-13)
    }
  }

  @Test func everyRankIsSomeArms() {
    let ranks = BetaComparison.rankProbabilities(Self.arms)
    for rank in ranks.indices {
      #expect(abs(ranks.reduce(0) { $0 + $1[rank] } - 1) < 1e-13)
    }
  }

  /// One less than the expected rank is the sum of the pairwise probabilities of being beaten.
  @Test func expectedRanksFollowFromPairs() {
    for (arm, row) in BetaComparison.rankProbabilities(Self.arms).enumerated() {
      let expected = Self.arms.indices.filter { $0 != arm }.reduce(0) {
        $0 + BetaComparison.probabilityGreater(Self.arms[$1], than: Self.arms[arm])
      }
      let mean = row.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      #expect(abs(mean - expected) < 1e-12)
    }
  }
}
