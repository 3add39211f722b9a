internal import Probability

/// A chi-squared test of whether the arms got the shares of sessions that they were designed to get.
///
///     χ² = Σₖ (nₖ − Ewₖ)² / Ewₖ      E = Σ nₖ / Σ wₖ      ν = #{k : wₖ > 0} − 1
///
/// A mismatch says that sessions were lost, or counted twice, unequally: until that is explained, no
/// lift from the same sessions can be trusted. An arm of weight zero takes no part: it adds neither
/// to the sum nor to the degrees of freedom, and a session in it is an error of the design.
///
/// Reference: Fabijan et al. (2019), *KDD '19*, 2156–2164.
public struct SampleRatioTest: Hashable, Sendable {
  /// The statistic `χ²`.
  public let chiSquared: Double
  /// The degrees of freedom `ν`, at least one.
  public let degreesOfFreedom: Int
  /// The least number of sessions that an arm with a share was expected to get.
  ///
  /// The chi-squared approximation is poor where this is below about five.
  public let smallestExpectedCount: Double

  /// Compares the sessions of each arm with the arm's designed weight.
  ///
  /// - Parameters:
  ///   - observed: The number of sessions of each arm.
  ///   - weights: The designed shares, in any unit; zero for an arm that was to get none.
  /// - Throws: `invalidWeight`, `tooFewArms` if fewer than two weights are positive,
  ///   `unexpectedSessions` if an arm of weight zero has sessions, `tooFewSessions` if no arm has.
  public init(observed: [Int], weights: [Double]) throws(InferenceError) {
    precondition(observed.count == weights.count, "every arm has a count and a weight")
    precondition(observed.allSatisfy { $0 >= 0 }, "a count is not negative")
    for (arm, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .invalidWeight(arm: arm, weight: weight)
    }
    let arms = weights.indices.filter { weights[$0] > 0 }
    guard arms.count >= 2 else { throw .tooFewArms(count: arms.count) }
    for (arm, count) in observed.enumerated() where weights[arm] == 0 && count > 0 {
      throw .unexpectedSessions(arm: arm, count: count)
    }
    let sessions = observed.reduce(0, +)
    guard sessions > 0 else { throw .tooFewSessions(arm: arms[0], count: 0, needed: 1) }

    // Shares of the greatest weight: a sum of them neither over- nor underflows.
    let greatest = arms.reduce(0) { max($0, weights[$1]) }
    let total = arms.reduce(0.0) { $0 + weights[$1] / greatest }
    var chiSquared = 0.0
    var smallest = Double.infinity
    for arm in arms {
      let expected = Double(sessions) * (weights[arm] / greatest / total)
      guard expected > 0 else { throw .invalidWeight(arm: arm, weight: weights[arm]) }
      let excess = Double(observed[arm]) - expected
      chiSquared += excess * excess / expected
      smallest = min(smallest, expected)
    }
    self.chiSquared = chiSquared
    degreesOfFreedom = arms.count - 1
    smallestExpectedCount = smallest
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "sample ratio chi-squared", nullHypothesis: "arms got their designed shares",
      scale: .difference, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Fabijan et al. 2019")
  }

  /// The probability of a mismatch at least as great if the arms got their designed shares.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }
}
