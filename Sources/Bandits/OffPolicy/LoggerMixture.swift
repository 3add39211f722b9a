internal import Inference
internal import Probability

/// Several logging policies whose sessions are valued together.
///
///     balanced    wᵢ = π(aᵢ | xᵢ) / Σⱼ (nⱼ/n) πⱼ(aᵢ | xᵢ)
///     weighted    V̂ = Σⱼ λⱼV̂ⱼ,      λⱼ ∝ 1/SE²(V̂ⱼ)
///
/// A log whose propensities are those of the mixture of its loggers makes every estimator a balanced
/// one. A balanced weight is only as large as the kindest logger leaves it: an arm that one logger all
/// but never plays costs nothing where another one does. The balanced estimate is never more variable
/// than the naive one, which gives each session the propensity of its own logger; the weighted one
/// needs no logger to be known where it was not used, but each logger must support the target alone.
///
/// Reference: Agarwal, Basu, Schnabel and Joachims (2017), *KDD*, 687–696, definitions 4.1 and 5.1.
public struct LoggerMixture: Hashable, Sendable {
  /// The probabilities of each logging policy.
  public let loggers: [ActionTable]
  /// The logger of each session of the log.
  public let loggerOfSession: [UInt8]

  /// Names the loggers and who logged what.
  public init(loggers: [ActionTable], loggerOfSession: [UInt8]) {
    precondition(!loggers.isEmpty, "a log has a logger")
    precondition(
      loggers.allSatisfy {
        $0.cellCount == loggers[0].cellCount && $0.armCount == loggers[0].armCount
      }, "the loggers cover the same cells and arms")
    precondition(
      loggerOfSession.allSatisfy { $0 < loggers.count }, "every session has a logger")
    self.loggers = loggers
    self.loggerOfSession = loggerOfSession
  }

  /// The log with the propensities of the mixture of its loggers, for a balanced estimate.
  ///
  /// - Throws: `notProbabilities`, or `propensityOutOfRange` at the first session whose arm no logger
  ///   plays.
  /// - Complexity: O(*n* + *JCK*) for *n* sessions, *J* loggers, *C* cells and *K* arms.
  public func balanced(_ log: DecisionLog) throws(OffPolicyError) -> DecisionLog {
    check(log)
    var shares = Array(repeating: 0.0, count: loggers.count)
    for logger in loggerOfSession { shares[Int(logger)] += 1 / Double(log.count) }
    var mixture = Array(repeating: 0.0, count: log.cellCount * log.armCount)
    for (logger, share) in zip(loggers, shares) {
      try logger.checkProbabilities()
      for place in mixture.indices { mixture[place] += share * logger.values[place] }
    }
    // Shares that sum to 1 only up to rounding must not make a certain choice more than certain.
    return try DecisionLog(
      arms: log.arms, rewards: log.rewards,
      propensities: (0..<log.count).map { min(1, mixture[log.place($0)]) }, cells: log.cells,
      armCount: log.armCount, cellCount: log.cellCount)
  }

  /// The value by each logger's own sessions, weighted by the inverse of its variance.
  ///
  /// The propensities are those of the log; the sessions of one logger are its own log. An estimator
  /// with a cross-fitted model does not fit these, for its folds are the rows of the whole.
  ///
  /// - Parameters:
  ///   - estimator: The estimator of each part.
  ///   - target: The target.
  ///   - log: All sessions.
  /// - Returns: The estimate, with the sums of the parts' sessions and effective sizes.
  /// - Throws: What the estimator throws of a part; a logger without sessions is left out.
  /// - Complexity: O(*n*) beyond the estimator's.
  public func weighted(
    _ estimator: some OffPolicyEstimator, _ target: ActionTable, _ log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    check(log)
    var parts: [PolicyEstimate] = []
    for logger in loggers.indices {
      let rows = (0..<log.count).filter { Int(loggerOfSession[$0]) == logger }
      guard !rows.isEmpty else { continue }
      let part = try DecisionLog(
        arms: rows.map { log.arms[$0] }, rewards: rows.map { log.rewards[$0] },
        propensities: rows.map { log.propensities[$0] }, cells: rows.map { log.cells[$0] },
        armCount: log.armCount, cellCount: log.cellCount)
      parts.append(try estimator.estimate(target, on: part))
    }
    let precisions = parts.map { 1 / ($0.standardError * $0.standardError) }
    let precision = precisions.reduce(0, +)
    guard precision.isFinite else { throw .overflow }
    func mean(_ figure: (PolicyEstimate) -> Double) -> Double {
      parts.reduce(0) { $0 + Double($1.sampleSize) / Double(log.count) * figure($1) }
    }
    return PolicyEstimate(
      estimator: "weighted " + estimator.name,
      value: zip(parts, precisions).reduce(0) { $0 + $1.1 / precision * $1.0.value },
      standardError: 1 / precision.squareRoot(), sampleSize: log.count,
      effectiveSampleSize: parts.reduce(0) { $0 + $1.effectiveSampleSize },
      meanWeight: mean(\.meanWeight), maximumWeight: parts.map(\.maximumWeight).max() ?? 0,
      usedShare: mean(\.usedShare), supportedShare: mean(\.supportedShare))
  }

  private func check(_ log: DecisionLog) {
    precondition(loggerOfSession.count == log.count, "every session has a logger")
    precondition(
      loggers[0].cellCount == log.cellCount && loggers[0].armCount == log.armCount,
      "the loggers cover the cells and arms of the log")
  }
}
