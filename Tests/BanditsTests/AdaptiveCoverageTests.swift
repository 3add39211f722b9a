import Bandits
import Inference
import TestSupport
import Testing

@Suite struct AdaptiveCoverageTests {
  static let replications = 1_000

  /// The shares of replications in which nominal 90 % intervals of the contrasts of arm 0 with 1 and 2
  /// held zero.
  func contrastCoverage(_ estimator: some AdaptiveEstimator) throws -> [Double] {
    var held = [0.0, 0]
    for index in 0..<Self.replications {
      let log = try HadadDesign().log(index)
      for other in 1...2 {
        let contrast = try estimator.contrast(of: Arm(0), minus: Arm(other), in: log)
        if contrast.interval(level: 0.9).contains(0) { held[other - 1] += 1 }
      }
    }
    return held.map { $0 / Double(Self.replications) }
  }

  // Coverage of both contrasts with no signal, T = 1,000. First by the authors' own code (1,000
  // replications, standard error 0.013 and 0.0094), then by NumPy 2.4.6 (10,000, at most 0.0042).
  static let references: [(any AdaptiveEstimator, [Double], [Double])] = [
    (SampleMeans(), [0.799, 0.787], [0.7873, 0.7926]),
    (AdaptiveAIPW(weights: .uniform), [0.888, 0.877], [0.8739, 0.8814]),
    (
      AdaptiveAIPW(weights: .twoPointAllocation(HadadDesign.floor)), [0.902, 0.902],
      [0.9073, 0.9016]
    ),
  ]

  @Test(arguments: references)
  func hadadsTable(
    _ estimator: any AdaptiveEstimator, _ authors: [Double], _ ours: [Double]
  ) throws {
    let found = try contrastCoverage(estimator)
    for place in 0..<2 {
      let variance = { (share: Double, count: Double) in share * (1 - share) / count }
      let own = variance(ours[place], Double(Self.replications))
      let error = (own + variance(authors[place], 1_000)).squareRoot()
      #expect(abs(found[place] - authors[place]) < 3 * error)
      #expect(
        abs(found[place] - ours[place]) < 3 * (own + variance(ours[place], 10_000)).squareRoot())
    }
  }

  // Errors of arms and coverage, over 200 replications, against the authors' figures over 1,000.
  @Test(arguments: ["no signal", "low SNR", "high SNR"])
  func armsByTheAuthorsCode(_ design: String) throws {
    let references = HadadStudy.references.filter { $0.design == design }
    let results = try HadadStudy.results(
      references.map(\.estimator), means: references[0].means, replications: 0..<200)
    for (reference, result) in zip(references, results) {
      for arm in 0..<3 {
        let spread = (result.errors[arm].variance * (1 / 200.0 + 1 / 1_000.0)).squareRoot()
        #expect(abs(result.errors[arm].mean - reference.bias[arm]) < 4 * spread)
        let share = reference.armCoverage[arm]
        let error = (share * (1 - share) * (1 / 200.0 + 1 / 1_000.0)).squareRoot()
        #expect(abs(result.arms[arm].mean - share) < 4 * error)
      }
      for (found, share) in zip(result.contrasts, reference.contrastCoverage) {
        let error = (share * (1 - share) * (1 / 200.0 + 1 / 1_000.0)).squareRoot()
        #expect(abs(found.mean - share) < 4 * error)
      }
    }
  }

  @Test func anytimeIntervalsHoldAtEveryLook() throws {
    let design = HadadDesign()
    var missed = 0
    for index in 0..<400 {
      let log = try design.log(index)
      var sequence = AnytimeAIPW(
        .contrast(Arm(0), minus: Arm(1)), level: 0.9, tunedFor: 1_000, scoreVariance: 4)
      var misses = false
      for row in 0..<log.count {
        sequence.add(
          Arm(Int(log.arms[row])), reward: log.rewards[row],
          propensities: Array(log.propensities.row(row)))
        // The guarantee is asymptotic: the first hundred sessions are not looked at.
        if row >= 100, let interval = sequence.interval, !interval.contains(0) { misses = true }
      }
      missed += misses ? 1 : 0
    }
    #expect(missed <= 40)
  }

  @Test func batchesAreExperimentsOfTheirOwn() throws {
    // Two arms of rate 0.3, ten batches of 200; the better so far gets nine sessions in ten.
    var held = 0
    for index in 0..<2_000 {
      let contrast = try BatchedOLS().contrast(
        of: Arm(1), minus: Arm(0), in: try GreedyBatches.log(index))
      if contrast.interval(level: 0.9).contains(0) { held += 1 }
    }
    let (share, error) = (Double(held) / 2_000, (0.9 * 0.1 / 2_000).squareRoot())
    #expect(abs(share - 0.9) < 4 * error)
  }
}
