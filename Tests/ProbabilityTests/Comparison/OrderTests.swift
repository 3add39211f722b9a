import Foundation
import Probability
import TestSupport
import Testing

struct OrderTests {
  static let arms = [
    BetaDistribution(alpha: 3, beta: 7), .init(alpha: 2, beta: 2), .init(alpha: 6, beta: 11),
    .init(alpha: 1, beta: 4), .init(alpha: 5, beta: 5),
  ]

  // Exact: integrals of polynomials with rational coefficients, by Python 3.11's fractions.
  static let references: [(order: [Int], next: [Double])] = [
    ([4, 1], [0.053173351423142494, 0, 0.09703716308217523, 0.021389504243856827, 0]),
    ([3, 0, 1], [0, 0, 0.00039433958857547553, 0, 0.0005822203232476667]),
    (
      [2],
      [0.010963448676809394, 0.020883426950659416, 0, 0.0046207501695116945, 0.0375597610604633]
    ),
  ]

  @Test(arguments: references)
  func exactOrders(_ order: [Int], _ expected: [Double]) {
    let found = BetaComparison.probabilitiesOfNext(after: order, Self.arms)
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-15) }
  }

  @Test func theFirstOfAllIsTheBest() {
    let first = BetaComparison.probabilitiesOfNext(after: [], RankTests.arms)
    let best = BetaComparison.probabilitiesOfBest(RankTests.arms)
    for (found, expected) in zip(first, best) { #expect(abs(found - expected) < 1e-14) }
  }

  /// An arm's chance of a rank is that of all orders which put it there.
  @Test func ordersSumToRanks() {
    let arms = RankTests.arms
    let ranks = BetaComparison.rankProbabilities(arms, upTo: 3)
    var third = Array(repeating: 0.0, count: arms.count)
    for first in arms.indices {
      for second in arms.indices where second != first {
        let next = BetaComparison.probabilitiesOfNext(after: [first, second], arms)
        for arm in arms.indices { third[arm] += next[arm] }
      }
    }
    for arm in arms.indices { #expect(abs(third[arm] - ranks[arm][2]) < 1e-13) }
  }

  /// Each order sums over what comes next.
  @Test func whatComesNextSumsToTheOrder() {
    let arms = RankTests.arms
    let order = BetaComparison.probabilitiesOfNext(after: [1, 4], arms)[0]
    let next = BetaComparison.probabilitiesOfNext(after: [1, 4, 0], arms)
    let sum: Double = next.reduce(0, +)
    #expect(abs(sum - order) < 1e-14)
  }
}
