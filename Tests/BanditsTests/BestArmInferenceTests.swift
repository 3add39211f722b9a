import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct BestArmInferenceTests {
  /// Estimates and covariance; then the level, the median, the ends, and the simultaneous ends.
  typealias Row = ([Double], [Double], Double, [Double])

  // By mpmath 1.3.0 at 40 digits, bisection of the truncated normal law.
  static let references: [Row] = [
    (
      [0.3, 0.35, 0.34], [0.0004, 0, 0, 0, 0.0009, 0, 0, 0, 0.0004], 0.95,
      [
        0.2962801580495429, 0.2561021211926893, 0.4019856478664797, 0.2783678633878755,
        0.4216321366121245,
      ]
    ),
    (
      [0.3, 0.42, 0.34], [0.0004, 0, 0, 0, 0.0009, 0, 0, 0, 0.0004], 0.95,
      [
        0.4198857243562283, 0.3562383437627347, 0.4796377243378812, 0.3483678633878755,
        0.4916321366121245,
      ]
    ),
    (
      [1, 1.2, 1.15], [0.04, 0.01, 0, 0.01, 0.05, 0.02, 0, 0.02, 0.03], 0.9,
      [
        0.8537629728269364, 0.5511808348848385, 1.509812515772477, 0.72728304996291,
        1.67271695003709,
      ]
    ),
    (
      // An arm that varies more than the winner, and with it: it bounds the winner from above.
      [1, 1.2, 1.15], [0.04, 0.01, 0, 0.01, 0.02, 0.03, 0, 0.03, 0.06], 0.9,
      [
        1.287075803658116, 0.9653219365747745, 1.599279337449032, 0.9010275498629557,
        1.498972450137044,
      ]
    ),
  ]

  @Test(arguments: references)
  func hybridInterval(_ row: Row) throws {
    let found = try BestArmInference(
      ArmValues(estimates: row.0, covariance: row.1), level: row.2)
    #expect(found.best == 1 && found.naive == row.0[1])
    let figures = [
      found.estimate, found.interval.lower, found.interval.upper,
      found.simultaneousInterval.lower, found.simultaneousInterval.upper,
    ]
    for (figure, expected) in zip(figures, row.3) {
      #expect(relativeError(figure, expected) < 1e-12)
    }
  }

  @Test func equalArmsDoNotFlatterTheWinner() throws {
    // The naive estimate of the best of five equal arms lies 1.16 standard errors too high.
    var rng = Philox(StreamKey(seed: 352, purpose: .generation))
    let replications = 10_000
    var (held, naiveHeld, above, naive) = (0, 0, 0, Moments())
    for _ in 0..<replications {
      let draws = (0..<5).map { _ in StandardNormal.draw(using: &rng) }
      let found = try BestArmInference(
        ArmValues(estimates: draws, standardErrors: Array(repeating: 1, count: 5)))
      held += found.interval.contains(0) ? 1 : 0
      naiveHeld += abs(found.naive) < 1.959963984540054 ? 1 : 0
      above += found.estimate > 0 ? 1 : 0
      naive.add(found.naive)
    }
    let share = { (count: Int) in Double(count) / Double(replications) }
    // E max of five standard normals: 1.16296447364052, by SciPy 1.17 quadrature.
    #expect(abs(naive.mean - 1.16296447364052) < 4 * naive.standardError)
    // The level is held, and exceeded by β/(1 − β) at most.
    #expect(share(held) > 0.95 - 4 * 0.0022 && share(held) < 0.9548 + 4 * 0.0022)
    #expect(share(naiveHeld) < 0.9)
    #expect(abs(share(above) - 0.5) < 4 * 0.005 + 0.005)
  }

  @Test func anArmFarAheadNeedsNoCorrection() throws {
    let found = try BestArmInference(
      ArmValues(estimates: [0, 40], standardErrors: [1, 1]))
    #expect(abs(found.estimate - 40) < 1e-9)
    #expect(abs(found.interval.lower - 38.04) < 0.1 && abs(found.interval.upper - 41.96) < 0.1)
  }

  @Test func aTieIsTheWorstOfLuck() throws {
    let found = try BestArmInference(
      ArmValues(estimates: [1, 1], standardErrors: [0.5, 0.5]))
    #expect(found.best == 0 && found.interval.lower < found.simultaneousInterval.lower)
    #expect(found.interval.upper.isFinite)
  }

  @Test func whatCannotBeAnswered() {
    #expect(throws: InferenceError.noVariation) {
      try BestArmInference(ArmValues(estimates: [1, 2], standardErrors: [1, 0]))
    }
    #expect(throws: InferenceError.tooFewArms(count: 0)) {
      try BestArmInference(ArmValues(estimates: [], covariance: []))
    }
    #expect(throws: InferenceError.overflow(arm: 1)) {
      try BestArmInference(ArmValues(estimates: [1, .nan], standardErrors: [1, 1]))
    }
  }
}
