internal import Probability

/// A chi-squared test of whether the shares of the arms are the same at each level of a dimension.
///
///     χ² = Σⱼₖ (nⱼₖ − eⱼₖ)² / eⱼₖ      eⱼₖ = nⱼ. n.ₖ / n      ν = (J − 1)(K − 1)
///
/// The arms' totals are given, so that this is not the ``SampleRatioTest`` over again: it finds sessions
/// that are lost in one browser and gained in another, which cancel in the totals. Each level is also
/// held to the designed shares by itself. Levels without sessions and arms without a share take no
/// part in sums or degrees of freedom; a session in an arm without a share is an error of the design,
/// and so is refused, not tested.
///
/// Reference: Fabijan et al. (2019), *KDD '19*, 2156–2164, section 5; Agresti (2013), *Categorical Data
/// Analysis*, section 3.2.
public struct SampleRatioByLevelTest: Sendable {
  /// The statistic `χ²`.
  public let chiSquared: Double
  /// The degrees of freedom `ν`, at least one.
  public let degreesOfFreedom: Int
  /// The least number of sessions expected in a level's arm; the approximation is poor below about one.
  public let smallestExpectedCount: Double
  /// The test of each level against the designed shares; nil of a level without sessions.
  public let levels: [SampleRatioTest?]

  /// Compares the sessions of each level and arm.
  ///
  /// - Parameters:
  ///   - observed: The number of sessions of each arm, level by level.
  ///   - weights: The designed shares of the arms, in any unit; zero for an arm that was to get none.
  /// - Throws: `tooFewGroups` if fewer than two levels have sessions, `tooFewArms` if fewer than two arms
  ///   with a share have, and what ``SampleRatioTest`` throws of a level.
  public init(observed: [[Int]], weights: [Double]) throws(InferenceError) {
    precondition(observed.allSatisfy { $0.count == weights.count }, "a level has a count an arm")
    var levels: [SampleRatioTest?] = []
    for counts in observed {
      let isEmpty = counts.allSatisfy { $0 == 0 }
      levels.append(isEmpty ? nil : try SampleRatioTest(observed: counts, weights: weights))
    }
    self.levels = levels
    let rows = observed.filter { $0.contains { $0 > 0 } }
    guard rows.count > 1 else { throw .tooFewGroups(count: rows.count, needed: 2) }
    let totals = weights.indices.map { arm in rows.reduce(0) { $0 + $1[arm] } }
    let arms = totals.indices.filter { totals[$0] > 0 }
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    let sessions = Double(totals.reduce(0, +))
    var (chiSquared, smallest) = (0.0, Double.infinity)
    for row in rows {
      let size = Double(row.reduce(0, +))
      for arm in arms {
        let expected = size * (Double(totals[arm]) / sessions)
        let excess = Double(row[arm]) - expected
        chiSquared += excess * excess / expected
        smallest = min(smallest, expected)
      }
    }
    self.chiSquared = chiSquared
    degreesOfFreedom = (rows.count - 1) * (arms.count - 1)
    smallestExpectedCount = smallest
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "sample ratio by level, chi-squared",
      nullHypothesis: "arms have the same shares at each level",
      scale: .difference, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Fabijan et al. 2019; Agresti 2013, section 3.2")
  }

  /// The probability of shares at least as different if they are the same at each level.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }
}
