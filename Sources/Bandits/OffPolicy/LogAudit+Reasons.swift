internal import Inference

extension LogAudit {
  /// The reasons not to answer with an estimator, each by name; none if the log stands the audit.
  ///
  /// Half of the error probability is that of ``calibrationTests(of:)``, half that of
  /// ``weightTests(of:in:periods:)``. Support and effective sample size are asked for by the
  /// estimator's own floors.
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
    let tests =
      calibrationTests(of: log) + weightTests(of: target, in: log, periods: limits.periods)
    var reasons = tests.compactMap { $0.reason(limits) }
    if let share = topWeightShare(target, log), share > limits.topWeightShare {
      reasons.append(.fewSessionsCarryTheValue(share: share, allowed: limits.topWeightShare))
    }
    do throws(OffPolicyError) {
      let terms = try estimator.sessionTerms(target, on: log)
      reasons += try doubts(about: terms, of: estimator, target, log, limits: limits, level: level)
    } catch {
      reasons.append(.refused(error))
    }
    return reasons
  }

  /// The reasons not to believe the terms of an estimator, where the log itself is in order.
  public static func doubts(
    about terms: SessionTerms, of estimator: any TermwiseEstimator, _ target: ActionTable,
    _ log: DecisionLog, limits: AuditLimits = AuditLimits(), level: Double = 0.95
  ) throws(OffPolicyError) -> [AbstentionReason] {
    var reasons: [AbstentionReason] = []
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
    return reasons
  }
}
