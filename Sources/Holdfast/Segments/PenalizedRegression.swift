internal import Inference
internal import LinearAlgebra
internal import Segments

/// A penalised regression at the penalty that the plan chooses, with the stability of what it selects.
struct PenalizedRegression {
  /// The intercept and the coefficients of the columns as they are.
  let coefficients: [Double]
  /// The share of half-samples that select each column, that of the intercept nil; nil if not asked for.
  let stability: [Double?]?
  /// How the penalty was chosen.
  let method: String
  /// The penalty and the fit.
  let measures: [FittedRegression.Measure]
  /// What is selected against knockoffs; nil if not asked for.
  let knockoffs: KnockoffSelection?

  /// - Parameters:
  ///   - plan: The settings.
  ///   - design: The design, the intercept first, which is not penalised.
  ///   - response: The outcomes.
  ///   - units: The customer of each row.
  ///   - seed: The seed of folds and halves.
  /// - Throws: ``FitError`` as a path does, and `nothingToTest` without columns.
  init(
    _ plan: PenaltyPlan, _ design: FormulaDesign, _ response: PenalizedResponse,
    units: [UInt64], seed: UInt64
  ) throws(FitError) {
    guard design.matrix.columnCount > 1,
      let columns = design.matrix.selecting(Array(1..<design.matrix.columnCount))
    else { throw .nothingToTest }
    let net = try Self.net(plan, columns, response)
    let lasso = GroupLasso(groups: design.groups.dropFirst().map { $0 - 1 })
    let folds: () throws(FitError) -> PenaltyValidation = { () throws(FitError) in
      plan.unit == .term
        ? try PenaltyValidation(lasso, columns, response, units: units, seed: seed)
        : try PenaltyValidation(net, columns, response, units: units, seed: seed)
    }
    let path: () throws(FitError) -> ElasticNetPath = { () throws(FitError) in
      plan.unit == .term
        ? try lasso.fit(columns, response) : try net.fit(columns, response)
    }
    if let rate = plan.knockoffs {
      knockoffs = try KnockoffSelection(columns, response, rate: rate, seed: seed)
    } else {
      knockoffs = nil
    }
    let (fit, choice) = try Self.chosen(plan.choice, folds, path)
    coefficients = [fit.intercept] + fit.coefficients
    method = "\(Self.name(plan)), λ by \(choice)"
    var measures = [
      Self.measure("lambda", fit.lambda, choice),
      Self.measure("deviance ratio", fit.devianceRatio, "1 − D/D₀ on the sessions fitted"),
      Self.measure("selected", Double(fit.support.count), "coefficients that are not zero"),
      Self.measure("duality gap", fit.dualityGap, "bound on the distance from the minimum"),
    ]
    guard plan.unit == .coefficient, plan.stability > 0, !fit.support.isEmpty else {
      (stability, self.measures) = (nil, measures)
      return
    }
    let selection = try StabilitySelection(
      net, columns, response, units: units, selectionSize: fit.support.count,
      pairCount: plan.stability, seed: seed)
    stability = [nil] + selection.frequencies.map { $0 }
    measures.append(
      Self.measure(
        "expected false selections",
        StabilitySelection.errorBound(
          selectionSize: fit.support.count, columns: columns.columnCount,
          threshold: Self.threshold),
        "bound for columns of stability \(Self.threshold) and more; Shah and Samworth 2013"))
    self.measures = measures
  }

  /// The penalty on single coefficients, adapted to a ridge fit where the plan asks for that.
  private static func net(
    _ plan: PenaltyPlan, _ x: HorizontalMatrix, _ response: PenalizedResponse
  ) throws(FitError) -> ElasticNet {
    let net = ElasticNet(alpha: plan.alpha)
    guard plan.isAdaptive,
      let ridge = try ElasticNet(alpha: 0).fit(x, response).fits.last, !ridge.support.isEmpty
    else { return net }
    return net.adapted(to: ridge, x, response)
  }

  private static func name(_ plan: PenaltyPlan) -> String {
    if plan.unit == .term { return "group lasso by term" }
    let kind = plan.alpha == 1 ? "lasso" : "elastic net, alpha \(Decimals.shortest(plan.alpha))"
    return (plan.isAdaptive ? "adaptive " : "") + kind
  }

  /// The stability for which the bound on false selections is told.
  private static let threshold = 0.9

  private static func measure(
    _ name: String, _ value: Double, _ method: String
  ) -> FittedRegression.Measure {
    .init(name: name, method: method, estimate: Estimate(value, interval: nil))
  }

  /// The fit at the penalty that the plan chooses, and how.
  private static func chosen(
    _ choice: PenaltyPlan.Choice, _ folds: () throws(FitError) -> PenaltyValidation,
    _ path: () throws(FitError) -> ElasticNetPath
  ) throws(FitError) -> (ElasticNetPath.Fit, String) {
    let criterion: InformationCriterion
    switch choice {
    case .oneStandardError, .minimum:
      let validation = try folds()
      let isMinimum = choice == .minimum
      return (
        validation.path.fits[isMinimum ? validation.minimum : validation.oneStandardError],
        isMinimum
          ? "the least deviance on 10 folds of customers"
          : "one standard error above the least deviance on 10 folds of customers"
      )
    case .aic: criterion = .aic
    case .bic: criterion = .bic
    case .ebic: criterion = .extendedBIC(gamma: 1)
    }
    let path = try path()
    return (path.fits[criterion.best(of: path)], choice.rawValue.uppercased())
  }
}
