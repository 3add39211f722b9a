internal import Inference

extension LogAudit {
  /// The reasons not to answer with an estimator, each by name; none if the log stands the audit.
  ///
  /// The tests of propensities share one error probability by Holm's procedure. Support and effective
  /// sample size are asked for by the estimator's own floors.
  ///
  /// - Parameters:
  ///   - estimator: The estimator that is to be asked.
  ///   - target: The target.
  ///   - log: The sessions, in the order of time.
  ///   - limits: What is allowed.
  ///   - level: The level of the interval that is to be given.
  /// - Returns: The reasons, those about the log before those about the estimate.
  /// - Complexity: O(*n* log *n*) for *n* sessions.
  public static func reasonsToAbstain(
    from estimator: any TermwiseEstimator, _ target: ActionTable, _ log: DecisionLog,
    limits: AuditLimits = AuditLimits(), level: Double = 0.95
  ) -> [AbstentionReason] {
    var reasons = doubts(about: log, target, limits)
    if let share = topWeightShare(target, log), share > limits.topWeightShare {
      reasons.append(.fewSessionsCarryTheValue(share: share, allowed: limits.topWeightShare))
    }
    do throws(OffPolicyError) {
      let terms = try estimator.sessionTerms(target, on: log)
      let coverage = terms.expectedCoverage(level: level)
      if coverage < level - limits.coverageLoss {
        reasons.append(.skewedTerms(expectedCoverage: coverage, level: level))
      }
      if let plain = (estimator as? any ShrinkingEstimator)?.unshrunk {
        let term = try plain.terms(of: target, in: log)
        let plainly = Moments((0..<log.count).lazy.map { term($0).value }).mean
        let bias = (terms.estimate.value - plainly) / terms.estimate.standardError
        if !(abs(bias) <= limits.bias) {
          reasons.append(.shrinkageShows(bias: bias, allowed: limits.bias))
        }
      }
    } catch {
      reasons.append(.refused(error))
    }
    return reasons
  }

  /// The tests of the propensities that fail.
  private static func doubts(
    about log: DecisionLog, _ target: ActionTable, _ limits: AuditLimits
  ) -> [AbstentionReason] {
    var found: [(pValue: Double?, reason: (Double) -> AbstentionReason)] = []
    for row in calibration(log) {
      found.append(
        (
          row.pValue,
          {
            .miscalibrated(
              cell: row.cell, arm: row.arm, frequency: row.frequency, recorded: row.recorded,
              pValue: $0)
          }
        ))
    }
    for row in meanWeightByCell(target, log) {
      found.append(
        (row.pValue, { .meanWeightOfCell(row.group, mean: row.meanWeight, pValue: $0) }))
    }
    for row in meanWeightByPeriod(target, log, periods: limits.periods) {
      found.append(
        (row.pValue, { .meanWeightOfPeriod(row.group, mean: row.meanWeight, pValue: $0) }))
    }
    let adjusted = Multiplicity.holm(found.map(\.pValue))
    return zip(found, adjusted).compactMap { test, pValue in
      guard let pValue, pValue <= limits.alpha else { return nil }
      return test.reason(pValue)
    }
  }
}
