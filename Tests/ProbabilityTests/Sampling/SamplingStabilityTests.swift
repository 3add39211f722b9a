import Foundation
import Probability
import Testing

/// Fills give the same bits at every kernel level, and from version to version.
struct SamplingStabilityTests {
  typealias Fill = @Sendable (inout MutableSpan<Double>, inout Philox) -> Void

  static let fills: [(name: String, fill: Fill)] = [
    ("uniform", { $1.fill(&$0) }),
    ("normal", { StandardNormal.fill(&$0, using: &$1) }),
    ("exponential", { ExponentialDistribution(mean: 1).fill(&$0, using: &$1) }),
    ("gamma(0.3)", { GammaDistribution(shape: 0.3).fill(&$0, using: &$1) }),
    ("gamma(1)", { GammaDistribution(shape: 1).fill(&$0, using: &$1) }),
    ("gamma(1e7)", { GammaDistribution(shape: 1e7).fill(&$0, using: &$1) }),
    ("beta(0.5, 0.5)", { BetaDistribution(alpha: 0.5, beta: 0.5).fill(&$0, using: &$1) }),
    ("beta(1, 1)", { BetaDistribution(alpha: 1, beta: 1).fill(&$0, using: &$1) }),
    ("beta(0.3, 0.8)", { BetaDistribution(alpha: 0.3, beta: 0.8).fill(&$0, using: &$1) }),
    ("beta(2, 8)", { BetaDistribution(alpha: 2, beta: 8).fill(&$0, using: &$1) }),
    ("beta(1e-3, 30)", { BetaDistribution(alpha: 1e-3, beta: 30).fillLogOdds(&$0, using: &$1) }),
    ("beta(1e-3, 0.9)", { BetaDistribution(alpha: 1e-3, beta: 0.9).fillLogOdds(&$0, using: &$1) }),
    ("binomial(9)", { BinomialDistribution(trials: 30, probability: 0.3).fill(&$0, using: &$1) }),
    ("binomial(30)", { BinomialDistribution(trials: 100, probability: 0.3).fill(&$0, using: &$1) }),
    ("poisson(3)", { PoissonDistribution(mean: 3).fill(&$0, using: &$1) }),
    ("poisson(50)", { PoissonDistribution(mean: 50).fill(&$0, using: &$1) }),
    ("poisson(1e7)", { PoissonDistribution(mean: 1e7).fill(&$0, using: &$1) }),
    (
      "hypergeometric",
      {
        HypergeometricDistribution(population: 1_000, successes: 300, draws: 200)
          .fill(&$0, using: &$1)
      }
    ),
    (
      "hypergeometric, large",
      {
        HypergeometricDistribution(population: 1 << 40, successes: 1 << 38, draws: 1 << 30)
          .fill(&$0, using: &$1)
      }
    ),
    ("categorical", { CategoricalDistribution(weights: [2, 0, 1, 7]).fill(&$0, using: &$1) }),
  ]

  // Counts that end within a step, a chunk, and beyond.
  @Test(arguments: fills.indices, [1, 7, 32, 255, 1_000, 20_000])
  func bitsAreTheSameAtEveryLevel(index: Int, count: Int) {
    let results = VectorKernels.levels.map { level in
      VectorKernels.use(level)
      return filled(count, seed: 9, Self.fills[index].fill).map(\.bitPattern)
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
    #expect(results[0].allSatisfy { !Double(bitPattern: $0).isNaN })
  }

  @Test(arguments: [(1.0, 1.0), (2, 8), (120, 880), (0.5, 3)])
  func samplersDrawAsTheirDistributions(alpha: Double, beta: Double) {
    let law = BetaDistribution(alpha: alpha, beta: beta)
    var (rng, ahead) = (
      Philox(StreamKey(seed: 10, purpose: .policy)), Philox(StreamKey(seed: 10, purpose: .policy))
    )
    let sampler = BetaSampler(law)
    for _ in 0..<10_000 {
      let (drawn, expected) = (sampler.draw(using: &rng), law.draw(using: &ahead))
      #expect(drawn == expected)
    }
  }

  @Test(arguments: fills.indices)
  func fillsBeginAndEndAtSixteens(index: Int) {
    var rng = Philox(StreamKey(seed: 11, purpose: .world))
    for _ in 0..<3 { _ = rng.next() }
    var ahead = Philox(StreamKey(seed: 11, purpose: .world))
    ahead.skip(16)
    var (first, second) = ([Double](repeating: 0, count: 5), [Double](repeating: 0, count: 5))
    var firstSpan = first.mutableSpan
    Self.fills[index].fill(&firstSpan, &rng)
    var secondSpan = second.mutableSpan
    Self.fills[index].fill(&secondSpan, &ahead)
    #expect(first == second)
    let (next, nextAhead) = (rng.next(), ahead.next())
    #expect(next == nextAhead)
  }

  @Test func emptyBuffersTakeNoWords() {
    var rng = Philox(StreamKey(seed: 12, purpose: .world))
    var untouched = rng
    var none: [Double] = []
    var span = none.mutableSpan
    for (_, fill) in Self.fills { fill(&span, &rng) }
    let (next, expected) = (rng.next(), untouched.next())
    #expect(next == expected)
  }

  // The radius and the angle of the reference, from the words of the stream by the C library.
  @Test func normalsAreTheTransformOfTheirWords() {
    var rng = Philox(StreamKey(seed: 13, purpose: .posterior))
    let draws = filled(32_000, seed: 13) { StandardNormal.fill(&$0, using: &$1) }
    for group in 0..<2_000 {
      for lane in 0..<8 {
        let (radial, angular) = (rng.next(), rng.next())
        let u = Double((radial >> 12) << 1 | 1) * 0x1p-53
        let f = Double((angular >> 12) << 1 | 1) * 0x1p-53 - 0.5
        let radius = (-2 * log(u)).squareRoot() * (angular & 1 == 0 ? 1 : -1)
        let axes = (radius * cos(.pi / 2 * f), radius * sin(.pi / 2 * f))
        let (first, second) = angular & 2 == 0 ? axes : (axes.1, axes.0)
        #expect(abs(draws[16 * group + lane] - first) < 1e-15 * abs(radius))
        #expect(abs(draws[16 * group + 8 + lane] - second) < 1e-15 * abs(radius))
      }
    }
  }

  /// The first draws of each fill, as they were when it was written. A change here is value-breaking.
  static let firstDraws: [[Double]] = [
    [0.7472065454636626, 0.8888470288867908, 0.4163686604857565],
    [-0.004402615553539467, 0.39676725705303484, -0.47822725841994806],
    [0.29141363211703086, 0.11783012926763052, 0.8761842080762312],
    [0.47865796448335096, 0.19604435524463604, 0.011438154138949495],
    [0.6630784032570469, 1.0459338065513257, 0.3474683370748342],
    [9999985.74438055, 10001254.407354506, 9998487.455548575],
    [0.6938555174287785, 0.9851621479968822, 0.24279147117527183],
    [0.7472065454636626, 0.8888470288867908, 0.4163686604857565],
    [0.4760851087366996, 0.9150399080462787, 0.0733535560046106],
    [0.3197545253121748, 0.20752861024224245, 0.1072142931826944],
    [-213.45979027771344, -595.4124019862504, -1176.1500356973668],
    [-290.63527997306375, -115.36830425658746, -875.8425788179766],
    [9, 11, 13],
    [31, 34, 32],
    [3, 4, 2],
    [52, 56, 55],
    [10_002_366, 10_004_501, 9_999_251],
    [62, 65, 55],
    [268_435_336, 268_449_206, 268_403_444],
    [3, 3, 3],
  ]

  @Test(arguments: fills.indices)
  func valuesAreStable(index: Int) {
    #expect(filled(3, seed: 1, Self.fills[index].fill) == Self.firstDraws[index])
  }
}
