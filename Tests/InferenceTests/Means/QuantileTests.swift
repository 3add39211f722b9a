import Inference
import Testing

@Suite struct QuantileTests {
  /// The ranks of the interval of a median; David and Nagaraja's section 7.1, and R 4.2.2:
  /// qbinom(0.025, n, 0.5) and its mirror image.
  @Test(arguments: [(10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)])
  func mediansAreCoveredByTwoOrderStatistics(_ n: Int, _ lower: Int, _ upper: Int) throws {
    let estimate = try QuantileEstimate(
      ValueCounts((1...n).map(Double.init)), probability: 0.5)
    #expect(estimate.interval == Interval(lower: Double(lower), upper: Double(upper)))
  }

  @Test func anExtremeQuantileOfFewHasNoUpperEnd() throws {
    let estimate = try QuantileEstimate(
      ValueCounts((1...20).map(Double.init)), probability: 0.9)
    #expect(estimate.value == 18)
    #expect(estimate.interval.upper == .infinity)
    #expect(throws: InferenceError.self) {
      try ArmContrast.quantiles(offer: estimate, control: estimate)
    }
  }

  @Test func clustersOfEqualValuesWidenTheInterval() throws {
    // Each cluster repeats one value five times: the sessions are worth a fifth.
    let clusters = (0..<200).map { Array(repeating: Double(($0 * 37) % 211), count: 5) }
    let clustered = try QuantileEstimate(clusters: clusters, probability: 0.5)
    let naive = try QuantileEstimate(ValueCounts(clusters.flatMap { $0 }), probability: 0.5)
    #expect(clustered.value == naive.value)
    #expect(abs(clustered.interval.width / naive.interval.width - 5.0.squareRoot()) < 0.25)
    let single = try QuantileEstimate(clusters: clusters.map { [$0[0]] }, probability: 0.5)
    #expect(abs(single.interval.width / clustered.interval.width - 1) < 0.05)
  }
}
