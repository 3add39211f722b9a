internal import Inference

extension LiftMethod {
  /// The tests that take out what was known before the offer was shown.
  static let adjusted: [LiftMethod] = [
    LiftMethod("cuped", .covariates, scale: .difference) {
      (offer, control, null, context) throws(InferenceError) in
      let covariates = try offer.covariates(with: control, context.plan)
      let fit = try CUPED.mean(
        offer: covariates.moments(of: offer), control: covariates.moments(of: control))
      return DifferenceTest(fit.effect, null: null)
    },
    LiftMethod("lin", .covariates, scale: .difference) {
      (offer, control, null, context) throws(InferenceError) in
      let covariates = try offer.covariates(with: control, context.plan)
      return DifferenceTest(try covariates.linContrast(offer, control), null: null)
    },
    LiftMethod("linLift", .covariates, scale: .relativeLift) {
      (offer, control, null, context) throws(InferenceError) in
      let covariates = try offer.covariates(with: control, context.plan)
      return try LogLiftTest(try covariates.linContrast(offer, control), null: null)
    },
  ]
}

/// The covariates of two arms, missing values filled in.
///
/// A missing value becomes the mean of those that are there, in both arms alike, and a column of ones
/// says where. A column that does not vary over the two arms explains nothing and is left out.
private struct FilledCovariates {
  /// The columns over all rows of the log.
  private(set) var columns: [[Double]] = []
  /// What was left out or filled in, for a reader.
  private(set) var warnings: [String] = []

  init(_ rows: [Int], _ columns: [LiftColumns.Numbers]) {
    for column in columns {
      let present = Moments(rows.lazy.compactMap { column.values[$0] })
      let missing = rows.count - present.count
      if missing > 0, present.count > 0 {
        warnings.append(
          "covariate \(column.name) is missing in \(missing) of \(rows.count) sessions: they count "
            + "with its mean, and an indicator")
      }
      guard present.count > 0, present.sumOfSquaredDeviations > 0 else {
        warnings.append(
          "covariate \(column.name) has no two values and explains nothing: left out")
        continue
      }
      self.columns.append(column.values.map { $0 ?? present.mean })
      if missing > 0 { self.columns.append(column.values.map { $0 == nil ? 1 : 0 }) }
    }
  }

  /// The moments of outcome and covariates.
  func moments(of arm: ArmEvidence) -> CrossMoments {
    CrossMoments(
      columns: [arm.values] + columns.map { column in arm.rows.map { column[$0] } })
  }

  func linContrast(
    _ offer: ArmEvidence, _ control: ArmEvidence
  ) throws(InferenceError) -> ArmContrast {
    let fit = try LinAdjustment(offer: moments(of: offer), control: moments(of: control))
    var pass = LinVariance(fit)
    for (arm, isOffer) in [(control, false), (offer, true)] {
      for (row, value) in zip(arm.rows, arm.values) {
        pass.add(outcome: value, covariates: columns.map { $0[row] }, isOffer: isOffer)
      }
    }
    return try pass.effect()
  }
}

extension ArmEvidence {
  /// The covariates of this arm and the control.
  ///
  /// - Throws: `missingCovariates` where one is missing and the plan refuses to fill it in.
  fileprivate func covariates(
    with control: ArmEvidence, _ plan: RunPlan.LiftPlan
  ) throws(InferenceError) -> FilledCovariates {
    if plan.missingCovariates == .refuse {
      for (arm, evidence) in [(0, control), (1, self)] {
        let complete = evidence.rows.count { row in
          columns.covariates.allSatisfy { $0.values[row] != nil }
        }
        guard complete == evidence.rows.count else {
          throw .missingCovariates(arm: arm, count: evidence.rows.count - complete)
        }
      }
    }
    return FilledCovariates(control.rows + rows, columns.covariates)
  }

  /// What a reader should know of the covariates.
  func covariateWarnings(with control: ArmEvidence, _ plan: RunPlan.LiftPlan) -> [String] {
    FilledCovariates(control.rows + rows, columns.covariates).warnings
  }
}
