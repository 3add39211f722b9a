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

  // Exact: integrals of polynomials with rational coefficients, by Python 3.11's fractions.
  @Test func exactRanks() {
    let expected = [
      [0.05655978055055229, 0.1416561013194062, 0.23893747720290737, 0.35463422050666493],
      [0.4395196374771728, 0.21853218128389462, 0.14290023459674622, 0.1251220272783976],
      [0.07402738685744381, 0.22341824426652127, 0.35302285910836856, 0.2651733461045588],
      [0.03732193495529754, 0.06847753515482032, 0.10445783109779942, 0.17743427414630725],
      [0.39257126015953353, 0.3479159379753576, 0.16068159799417842, 0.07763613196407149],
    ]
    for rankCount in 1...4 {
      let ranks = BetaComparison.rankProbabilities(OrderTests.arms, upTo: rankCount)
      for (row, expected) in zip(ranks, expected) {
        #expect(row.count == rankCount)
        for (found, expected) in zip(row, expected) { #expect(abs(found - expected) < 1e-15) }
      }
    }
  }

  // By mpmath 1.3.0: Gauss–Legendre quadrature over the log-odds at 30 digits.
  @Test func threeRanksOfUnlikeArms() {
    let arms = [(12.5, 187.5), (15, 185), (60, 740), (3, 57), (0.3, 4), (14.2, 240)]
      .map { BetaDistribution(alpha: $0.0, beta: $0.1) }
    let expected = [
      [0.10053546581902614, 0.15647851176805409, 0.22819924807580098],
      [0.27407625896256376, 0.27232332153878942, 0.21254782851961556],
      [0.23719086451350727, 0.36789260633848684, 0.2596406870893319],
      [0.094091747836649082, 0.084031740625536993, 0.091866008556146877],
      [0.25436141222073647, 0.030080529683603587, 0.026616182868547977],
      [0.039744250647517276, 0.089193290045529069, 0.1811300448905567],
    ]
    for (row, expected) in zip(BetaComparison.rankProbabilities(arms, upTo: 3), expected) {
      for (found, expected) in zip(row, expected) { #expect(abs(found - expected) < 1e-14) }
    }
  }
}
