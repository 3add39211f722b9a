import Foundation
import Probability
import TestSupport
import Testing

struct BetaComparisonTests {
  struct Reference: Sendable {
    let arms: [(alpha: Double, beta: Double)]
    let best: [Double]
    let loss: [Double]

    var posteriors: [BetaDistribution] { arms.map { .init(alpha: $0.alpha, beta: $0.beta) } }
  }

  // mpmath 1.3.0, mp.quad over the log-odds at 20 digits; the first row and all losses against a
  // certain winner follow from the means by hand.
  static let references = [
    Reference(
      arms: [(2, 1), (1, 2)], best: [5.0 / 6, 1.0 / 6], loss: [1.0 / 30, 11.0 / 30]),
    Reference(
      arms: [(3, 7), (2.5, 4), (5, 9)],
      best: [0.20810955137654436, 0.44754534743075399, 0.34434510119270165],
      loss: [0.18212818008540947, 0.097512795470024857, 0.12498532294255233]),
    Reference(
      arms: [(120, 880), (130, 870), (110, 890), (125.5, 874.5)],
      best: [0.14777882490497445, 0.5169638706468395, 0.026828792749940315, 0.30842851169824573],
      loss: [
        0.015195915582934142, 0.0051959155829341424, 0.025195915582934142, 0.0096959155829341424,
      ]),
    Reference(
      arms: [(1, 1), (30, 70), (300, 700)],
      best: [0.68088641083207084, 0.16438134929003795, 0.15473223987789077],
      loss: [0.051331750965835876, 0.25133175096583588, 0.25133175096583588]),
  ]

  @Test(arguments: references.indices)
  func agreesWithHighPrecisionQuadrature(index: Int) {
    let reference = Self.references[index]
    let best = BetaComparison.probabilitiesOfBest(reference.posteriors)
    let loss = BetaComparison.expectedLosses(reference.posteriors)
    for arm in best.indices {
      #expect(abs(best[arm] - reference.best[arm]) < 2e-15)
      #expect(abs(loss[arm] - reference.loss[arm]) < 1e-15)
    }
  }

  struct TenArms: Decodable {
    let alpha: [Double]
    let beta: [Double]
    let best: [Double]
  }

  // mpmath 1.3.0 at 50 digits: Reference/best_of_ten.py.
  @Test func tenArmsAgreeWithFiftyDigits() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let file = try Data(contentsOf: folder.appendingPathComponent("best_of_ten.json"))
    for reference in try JSONDecoder().decode([TenArms].self, from: file) {
      let arms = zip(reference.alpha, reference.beta).map { BetaDistribution(alpha: $0, beta: $1) }
      for (share, expected) in zip(BetaComparison.probabilitiesOfBest(arms), reference.best) {
        #expect(abs(share - expected) < 1e-14)
      }
    }
  }

  @Test(arguments: [
    [(0.001, 5.0), (2.5, 1)], [(0.001, 0.001), (3.5, 1)], [(1e5, 9e5), (1, 1)],
    [(1e6, 9e6), (1.0003e6, 8.9997e6)], [(1e-3, 1e7), (0.2, 1e7)],
  ])
  func twoArmsAgreeWithThePairwiseProbability(arms: [(Double, Double)]) {
    let posteriors = arms.map { BetaDistribution(alpha: $0.0, beta: $0.1) }
    let best = BetaComparison.probabilitiesOfBest(posteriors)
    let greater = BetaComparison.probabilityGreater(posteriors[0], than: posteriors[1])
    #expect(abs(best[0] - greater) < 1e-13)
    let less = BetaComparison.probabilityGreater(posteriors[1], than: posteriors[0])
    #expect(abs(greater + less - 1) < 1e-13)
  }

  @Test func lossesDifferAsTheMeansDo() {
    let posteriors = Self.references[2].posteriors
    let losses = BetaComparison.expectedLosses(posteriors)
    for (posterior, loss) in zip(posteriors, losses) {
      let difference = posteriors[0].mean - posterior.mean
      #expect(abs(loss - losses[0] - difference) < 1e-15)
    }
  }

  @Test(arguments: [1, 2, 7, 40])
  func equalArmsShareTheProbability(count: Int) {
    let arms = Array(repeating: BetaDistribution(alpha: 3.5, beta: 20), count: count)
    for share in BetaComparison.probabilitiesOfBest(arms) {
      #expect(relativeError(share, 1 / Double(count)) < 1e-14)
    }
  }

  @Test func orderOfArmsDoesNotMatter() {
    let arms = Self.references[2].posteriors
    let best = BetaComparison.probabilitiesOfBest(arms)
    let reversed = BetaComparison.probabilitiesOfBest(arms.reversed())
    for (one, other) in zip(best, reversed.reversed()) { #expect(abs(one - other) < 1e-15) }
  }

  @Test func everyKernelGivesTheSameBits() {
    let arms = Self.references[3].posteriors + Self.references[1].posteriors
    let answers = VectorKernels.levels.map { level in
      VectorKernels.use(level)
      return BetaComparison.probabilitiesOfBest(arms) + BetaComparison.expectedLosses(arms)
    }
    #expect(Set(answers).count == 1)
  }
}
