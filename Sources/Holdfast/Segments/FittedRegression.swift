internal import Inference
internal import LinearAlgebra
internal import Segments

/// A regression after its fit, whatever its law: coefficients with intervals and tests, and how well it
/// fits.
struct FittedRegression {
  /// A coefficient with its interval and the p-value of the null that it is zero.
  typealias Coefficient = (estimate: Estimate, pValue: Double?)

  /// The names of the coefficients.
  let names: [String]
  /// The coefficients of each term of the formula, by their places.
  let terms: [Set<Int>]
  /// The coefficients, on the scale of the predictor.
  let coefficients: [Double]
  /// Their covariance; nil where the fit has none.
  let covariance: Matrix?
  /// Each with its interval and p-value, by its place.
  let estimates: [Coefficient]
  /// How intervals and p-values are made.
  let method: String
  /// Where the covariance comes from.
  let errorMethod: String
  /// How well the regression fits.
  let measures: [Measure]
}

extension FittedRegression {
  /// Maximum likelihood of a chance.
  ///
  /// Separated outcomes have coefficients at infinity: they are refused by name, the others too, since
  /// they belong to no maximum; `family: firth` has an answer there.
  static func logistic(
    _ design: FormulaDesign, _ likelihood: LogisticLikelihood, _ errors: ModelPlan.Errors,
    _ intervals: ModelPlan.Intervals, units: [UInt64]?, plan: RunPlan
  ) throws(FitError) -> FittedRegression {
    let x = design.matrix
    var solver = NewtonSolver()
    solver.threads = plan.threads
    let fit = try solver.fit(x, likelihood)
    let covariance: Matrix
    switch errors {
    case .model: covariance = try fit.modelCovariance()
    case .robust: covariance = try fit.robustCovariance(.hc3, of: x, likelihood)
    case .customer:
      covariance = try fit.clusterCovariance(
        ClusterCorrection(for: units ?? []), by: units ?? [], of: x, likelihood)
    }
    let errorMethod = errors.label(ClusterCorrection(for: units ?? []))
    var estimates: [Coefficient] = []
    for column in fit.coefficients.indices {
      switch intervals {
      case .wald:
        estimates.append(
          Self.wald(fit.wald(coefficient: column, covariance: covariance), plan.level))
      case .profile, .score:
        estimates.append(
          try Self.inverted(fit, column, intervals, x, likelihood, solver, level: plan.level))
      }
    }
    return FittedRegression(
      names: design.names, terms: design.terms.map { Set($0) }, coefficients: fit.coefficients,
      covariance: covariance, estimates: estimates,
      method: intervals.label(errorMethod), errorMethod: errorMethod,
      measures: try Self.measures(fit, x, likelihood, level: plan.level))
  }

  /// An interval that inverts a test, beside the p-value of the same test.
  private static func inverted(
    _ fit: LogisticFit, _ column: Int, _ intervals: ModelPlan.Intervals, _ x: HorizontalMatrix,
    _ likelihood: LogisticLikelihood, _ solver: NewtonSolver, level: Double
  ) throws(FitError) -> Coefficient {
    let others = (0..<x.columnCount).filter { $0 != column }
    // A design without columns is the null of an intercept alone; it has no fit, and no p-value here.
    let reduced = others.isEmpty ? nil : x.selecting(others)
    var pValue: Double?
    let interval: Interval
    if intervals == .profile {
      interval = try fit.profileInterval(
        coefficient: column, level: level, of: x, likelihood)
      if let reduced {
        pValue = try LikelihoodRatioTest(
          full: fit, reduced: try solver.fit(reduced, likelihood)
        ).pValue
      }
    } else {
      interval = try fit.scoreInterval(coefficient: column, level: level, of: x, likelihood)
      if let reduced {
        pValue = try ScoreTest(
          try solver.fit(reduced, likelihood), leavingOut: [column], of: x, likelihood
        ).pValue
      }
    }
    return (Estimate(fit.coefficients[column], interval: interval), pValue)
  }

  /// Firth's penalised likelihood of a chance.
  static func firth(
    _ design: FormulaDesign, _ likelihood: LogisticLikelihood, _ intervals: ModelPlan.Intervals,
    level: Double
  ) throws(FitError) -> FittedRegression {
    let x = design.matrix
    let fit = try BiasReducedSolver().fit(x, likelihood)
    let covariance = try fit.modelCovariance()
    var estimates: [Coefficient] = []
    for column in fit.coefficients.indices {
      guard intervals == .profile else {
        estimates.append(
          Self.wald(fit.wald(coefficient: column, covariance: covariance), level))
        continue
      }
      estimates.append(
        (
          Estimate(
            fit.coefficients[column],
            interval: try fit.profileInterval(
              coefficient: column, level: level, of: x, likelihood)),
          try fit.likelihoodRatioTest(leavingOut: [column], of: x, likelihood).pValue
        ))
    }
    return FittedRegression(
      names: design.names, terms: design.terms.map { Set($0) }, coefficients: fit.coefficients,
      covariance: covariance, estimates: estimates,
      method: intervals.label("Firth's penalty"), errorMethod: "Firth's penalty",
      measures: [
        Measure(
          name: "log-likelihood", method: "without the penalty",
          estimate: Estimate(fit.logLikelihood, interval: nil))
      ])
  }

  /// Maximum likelihood of a number, a count or an amount.
  static func generalized(
    _ design: FormulaDesign, _ outcomes: FamilyOutcomes, _ errors: ModelPlan.Errors,
    units: [UInt64]?, level: Double
  ) throws(FitError) -> FittedRegression {
    let x = design.matrix
    let fit = try GeneralizedLinearSolver().fit(x, outcomes)
    let correction = ClusterCorrection(for: units ?? [])
    let covariance: Matrix
    switch errors {
    case .model: covariance = try fit.modelCovariance()
    case .robust: covariance = try fit.robustCovariance(.hc3, of: x, outcomes)
    case .customer:
      covariance = try fit.clusterCovariance(correction, by: units ?? [], of: x, outcomes)
    }
    let errorMethod = errors.label(correction)
    return FittedRegression(
      names: design.names, terms: design.terms.map { Set($0) }, coefficients: fit.coefficients,
      covariance: covariance,
      estimates: fit.coefficients.indices.map {
        Self.wald(fit.wald(coefficient: $0, covariance: covariance), level)
      }, method: ModelPlan.Intervals.wald.label(errorMethod), errorMethod: errorMethod,
      measures: [
        Measure(
          name: "deviance", method: "of the family",
          estimate: Estimate(fit.deviance, interval: nil)),
        Measure(
          name: "dispersion", method: "Pearson",
          estimate: Estimate(fit.dispersion, interval: nil)),
      ])
  }

  static func wald(_ test: WaldTest?, _ level: Double) -> Coefficient {
    guard let test else { return (Estimate(refusal: "the coefficient has no error"), nil) }
    return (Estimate(test, level: level), test.pValue())
  }
}

extension ClusterCorrection {
  /// CR2; CR3 where a customer has so many sessions that CR2's cube is felt.
  fileprivate init(for units: [UInt64]) {
    var counts: [UInt64: Int] = [:]
    for unit in units { counts[unit, default: 0] += 1 }
    self = counts.values.contains { $0 > 200 } ? .cr3 : .cr2
  }
}

extension ModelPlan.Errors {
  static let modelLabel = "the model's errors"

  fileprivate func label(_ correction: ClusterCorrection) -> String {
    switch self {
    case .model: Self.modelLabel
    case .robust: "HC3 errors"
    case .customer: "errors by customer, \(correction == .cr3 ? "CR3" : "CR2")"
    }
  }
}

extension ModelPlan.Intervals {
  func label(_ errors: String) -> String {
    switch self {
    case .wald: "Wald, \(errors); null: coefficient 0"
    case .profile: "profile likelihood; null: coefficient 0"
    case .score: "score; null: coefficient 0"
    }
  }
}
