/// A way to predict the effect of an arm on a customer from two or more regressions.
///
/// | learner | regresses |
/// |---|---|
/// | T | rewards on covariates, each arm by itself |
/// | S | rewards on covariates, the arm, and their products, both arms together |
/// | X | each arm's rewards less what the other arm's model expects |
/// | DR | doubly robust contrast scores on covariates |
/// | R | residual rewards on residual arms times covariates |
///
/// All rest on the same ridge regressions: logistic for rewards of 0 and 1, linear otherwise and
/// for effects.
///
/// Reference: Künzel, Sekhon, Bickel and Yu (2019), *PNAS* 116, 4156–4165, for T, S and X.
public enum UpliftLearner: String, CaseIterable, Codable, Hashable, Sendable {
  /// Two models, one an arm.
  case t
  /// A single model with products.
  case s
  /// Crossed imputed effects.
  case x
  /// Doubly robust scores.
  case doublyRobust
  /// Residuals on residuals.
  case r

  /// Predicts the effect of an arm for every session, from the other folds of customers.
  ///
  /// - Parameters:
  ///   - data: The sessions.
  ///   - arm: The treatment, by its place.
  ///   - baseline: The arm that it is compared with.
  ///   - propensities: The chances of the arms.
  ///   - folds: The number of folds of customers, at least two.
  ///   - seed: The seed of the folds.
  /// - Returns: One prediction a session.
  /// - Throws: ``SegmentError`` if a fold leaves an arm without sessions, or a regression fails.
  /// - Complexity: A few regressions a fold; DR and R cross-fit within each fold once more.
  public func predictions(
    _ data: SegmentData, arm: Int, baseline: Int, _ propensities: ArmPropensities = .shares,
    folds: Int = 5, seed: UInt64 = 0
  ) throws(SegmentError) -> UpliftPredictions {
    precondition(folds > 1, "a fold is predicted by the others")
    precondition(
      data.armNames.indices.contains(arm) && data.armNames.indices.contains(baseline)
        && arm != baseline, "two arms are compared")
    try propensities.check(data)
    let task = UpliftTask(
      data, arm: arm, baseline: baseline, propensities, folds: folds, seed: seed)
    var effects = Array(repeating: 0.0, count: data.arms.count)
    for fold in CustomerFolds(data.units, count: folds, seed: seed).folds {
      let predicted = try task.predictions(self, training: fold.training, at: fold.test)
      for (index, row) in fold.test.enumerated() { effects[row] = predicted[index] }
    }
    return UpliftPredictions(learner: self, arm: arm, baseline: baseline, effects: effects)
  }

  /// Learns from some sessions and predicts others: for a test on customers who taught nothing.
  ///
  /// - Parameters:
  ///   - data: The sessions.
  ///   - arm: The treatment, by its place.
  ///   - baseline: The arm that it is compared with.
  ///   - propensities: The chances of the arms.
  ///   - training: The sessions to learn from.
  ///   - rows: The sessions to predict.
  /// - Returns: The predicted effect of each row, in their order.
  /// - Throws: ``SegmentError`` if an arm has no session to learn from, or a regression fails.
  public func effects(
    _ data: SegmentData, arm: Int, baseline: Int, _ propensities: ArmPropensities = .shares,
    training: [Int], at rows: [Int]
  ) throws(SegmentError) -> [Double] {
    try propensities.check(data)
    return try UpliftTask(data, arm: arm, baseline: baseline, propensities, folds: 5, seed: 0)
      .predictions(self, training: training, at: rows)
  }
}
