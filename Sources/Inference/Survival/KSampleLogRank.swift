internal import LinearAlgebra
internal import Probability

/// The log-rank test of several arms, with weights and strata if wanted.
///
///     H₀: λ₁(t) = … = λₖ(t)        χ² = Uᵀ V⁻ U,   k − 1 degrees of freedom
///
/// With a score for each arm, a dose say, `aᵀU / √(aᵀVa)` tests for a trend: then all the power
/// goes into hazards that rise or fall in the order of the scores.
///
/// References: Kalbfleisch and Prentice (2002), *The Statistical Analysis of Failure Time Data*, 2nd
/// edition, section 1.5; Tarone (1975), *Biometrika* 62, 679–682.
public struct KSampleLogRank: Sendable {
  /// The number of events, by arm.
  public let observed: [Int]
  /// The number of events expected were all hazards alike, by arm.
  public let expected: [Double]
  /// The statistic `χ²`.
  public let chiSquared: Double
  /// The degrees of freedom: the arms at risk of an event, less one.
  public let degreesOfFreedom: Int
  private let sums: LogRankSums

  /// Compares arms.
  ///
  /// - Throws: As ``init(strata:weight:)``.
  public init(arms: [LifeTable], weight: LogRankWeight = .logRank) throws(InferenceError) {
    try self.init(strata: [arms], weight: weight)
  }

  /// Compares arms inside each stratum; every stratum lists the same arms, an arm without sessions
  /// as an empty table.
  ///
  /// - Throws: `tooFewArms` if fewer than two arms were at risk of an event, `noEvents` if there
  ///   was none, `noVariation` if no two arms were ever at risk together.
  public init(strata: [[LifeTable]], weight: LogRankWeight = .logRank) throws(InferenceError) {
    let sums = LogRankSums(strata: strata, weight: weight)
    self.sums = sums
    observed = sums.observed
    expected = sums.expected
    guard observed.contains(where: { $0 > 0 }) else { throw .noEvents }
    // An arm that left before the first event says nothing, and its row of V is zero.
    let arms = sums.expected.indices.filter { sums.expected[$0] > 0 }
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    degreesOfFreedom = arms.count - 1
    // The scores add up to zero, so that one arm is left out.
    var covariance = Matrix(rows: arms.count - 1, columns: arms.count - 1)
    for row in 0..<arms.count - 1 {
      for column in 0..<arms.count - 1 {
        covariance[row, column] = sums.covariance[arms[row], arms[column]]
      }
    }
    guard let factor = Cholesky(covariance) else { throw .noVariation }
    let whitened = factor.solveLower(arms.dropLast().map { sums.scores[$0] })
    chiSquared = whitened.reduce(0) { $0 + $1 * $1 }
  }

  /// The probability, under the null, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }

  /// The statistic of a trend of the hazards with a score for each arm; standard normal under the
  /// null, and positive where hazards rise with the scores.
  ///
  /// - Throws: `noVariation` if the scores of the arms at risk do not differ.
  public func trend(scores: [Double]) throws(InferenceError) -> Double {
    precondition(scores.count == observed.count, "one score belongs to each arm")
    var (total, variance) = (0.0, 0.0)
    for arm in scores.indices {
      total += scores[arm] * sums.scores[arm]
      for other in scores.indices where other < arm {
        // The rows of V add up to zero: only differences of scores count.
        let gap = scores[arm] - scores[other]
        variance -= gap * gap * sums.covariance[arm, other]
      }
    }
    guard variance > 0 else { throw .noVariation }
    return total / variance.squareRoot()
  }
}
