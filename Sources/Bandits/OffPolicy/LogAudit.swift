internal import Inference
internal import Probability

/// What to know of a log before any estimate from it.
///
/// If the recorded propensities are those the log was made with, and every arm could be shown, then
///
///     E[ 1[A = a] / p ] = 1      for every arm a
///
/// so the mean of that weight, arm by arm, is a test of the log that needs no target and no reward.
/// Against a target it also tells how many sessions the estimate would rest on.
public struct LogAudit: Hashable, Sendable {
  /// One arm of the log.
  public struct ArmRow: Hashable, Sendable {
    /// The arm.
    public let arm: Arm
    /// The number of sessions that were shown it.
    public let sessions: Int
    /// The mean of `1[A = a]/p` over all sessions, 1 in expectation.
    public let meanWeight: Double
    /// How many standard errors the mean lies above 1; nil where the weights do not vary.
    public let z: Double?
    /// The two-sided p-value of `z`; nil where there is none.
    public let pValue: Double?
    /// The least propensity with which it was shown; nil if it never was.
    public let leastPropensity: Double?
    /// The greatest propensity with which it was shown; nil if it never was.
    public let greatestPropensity: Double?
  }

  /// A target's weights in the log.
  public struct TargetRow: Hashable, Sendable {
    /// Kish's effective sample size.
    public let effectiveSampleSize: Double
    /// The mean weight, 1 in expectation.
    public let meanWeight: Double
    /// How many standard errors the mean lies above 1; nil where the weights do not vary.
    public let z: Double?
    /// The greatest weight.
    public let maximumWeight: Double
    /// The share of the target's choices that the log supports.
    public let supportedShare: Double
    /// The share of `Σ w|r|` that the hundredth part of the sessions with the greatest terms carries;
    /// nil where all terms are zero.
    public let topPercentShare: Double?
  }

  /// The arms, by index.
  public let arms: [ArmRow]
  /// The number of sessions.
  public let sessions: Int

  /// Audits the recorded propensities of a log.
  ///
  /// - Complexity: O(*n*) for *n* sessions.
  public init(_ log: DecisionLog) {
    sessions = log.count
    var weights = Array(repeating: Moments(), count: log.armCount)
    var least = Array(repeating: Double.infinity, count: log.armCount)
    var greatest = Array(repeating: 0.0, count: log.armCount)
    for row in 0..<log.count {
      let arm = Int(log.arms[row])
      weights[arm].add(1 / log.propensities[row])
      least[arm] = min(least[arm], log.propensities[row])
      greatest[arm] = max(greatest[arm], log.propensities[row])
    }
    arms = (0..<log.armCount).map { arm in
      let shown = weights[arm].count
      // The sessions of the other arms have weight zero.
      var all = Moments(count: log.count - shown, mean: 0, sumOfSquaredDeviations: 0)
      all.merge(weights[arm])
      let z = all.distanceFromOne
      return ArmRow(
        arm: Arm(arm), sessions: shown, meanWeight: all.mean, z: z,
        pValue: z.map { 2 * StandardNormal.survival(abs($0)) },
        leastPropensity: shown > 0 ? least[arm] : nil,
        greatestPropensity: shown > 0 ? greatest[arm] : nil)
    }
  }

  /// Audits the weights of a target in a log.
  ///
  /// - Complexity: O(*n* log *n*) for *n* sessions.
  public static func overlap(_ target: ActionTable, _ log: DecisionLog) -> TargetRow {
    precondition(
      target.cellCount == log.cellCount && target.armCount == log.armCount,
      "the target covers the cells and arms of the log")
    var terms: [Double] = []
    terms.reserveCapacity(log.count)
    let summary: WeightedTerms = log.summary { summary, row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      summary.add(weight: weight, term: weight)
      terms.append(weight * abs(log.rewards[row]))
    }
    terms.sort(by: >)
    let total = terms.reduce(0, +)
    let top = terms.prefix((terms.count + 99) / 100).reduce(0, +)
    return TargetRow(
      effectiveSampleSize: summary.weights.effectiveSampleSize, meanWeight: summary.terms.mean,
      z: summary.terms.distanceFromOne, maximumWeight: summary.weights.greatest,
      supportedShare: 1 - log.unsupportedShare(of: target),
      topPercentShare: total > 0 ? top / total : nil)
  }
}

extension Moments {
  /// How many standard errors the mean lies above one; nil where there is no standard error.
  var distanceFromOne: Double? {
    guard count > 1, standardError > 0 else { return nil }
    return (mean - 1) / standardError
  }
}
