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

  /// - Parameters:
  ///   - plan: The settings.
  ///   - x: The design, the intercept first, which is not penalised.
  ///   - response: The outcomes.
  ///   - units: The customer of each row.
  ///   - seed: The seed of folds and halves.
  /// - Throws: ``FitError`` as a path does, and `nothingToTest` without columns.
  init(
    _ plan: PenaltyPlan, _ x: HorizontalMatrix, _ response: PenalizedResponse, units: [UInt64],
    seed: UInt64
  ) throws(FitError) {
    guard x.columnCount > 1, let columns = x.selecting(Array(1..<x.columnCount)) else {
      throw .nothingToTest
    }
    var net = ElasticNet(alpha: plan.alpha)
    if plan.isAdaptive {
      let ridge = try ElasticNet(alpha: 0).fit(columns, response)
      if let last = ridge.fits.last, !last.support.isEmpty {
        net = net.adapted(to: last, columns, response)
      }
    }
    let (fit, choice) = try Self.chosen(plan, net, columns, response, units, seed)
    coefficients = [fit.intercept] + fit.coefficients
    let kind = plan.alpha == 1 ? "lasso" : "elastic net, alpha \(Decimals.shortest(plan.alpha))"
    method = (plan.isAdaptive ? "adaptive " : "") + "\(kind), λ by \(choice)"
    var measures = [
      Self.measure("lambda", fit.lambda, choice),
      Self.measure("deviance ratio", fit.devianceRatio, "1 − D/D₀ on the sessions fitted"),
      Self.measure("selected", Double(fit.support.count), "coefficients that are not zero"),
      Self.measure("duality gap", fit.dualityGap, "bound on the distance from the minimum"),
    ]
    guard plan.stability > 0, !fit.support.isEmpty else {
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

  /// The stability for which the bound on false selections is told.
  private static let threshold = 0.9

  private static func measure(
    _ name: String, _ value: Double, _ method: String
  ) -> FittedRegression.Measure {
    .init(name: name, method: method, estimate: Estimate(value, interval: nil))
  }

  /// The fit at the penalty that the plan chooses, and how.
  private static func chosen(
    _ plan: PenaltyPlan, _ net: ElasticNet, _ x: HorizontalMatrix,
    _ response: PenalizedResponse, _ units: [UInt64], _ seed: UInt64
  ) throws(FitError) -> (ElasticNetPath.Fit, String) {
    let criterion: InformationCriterion
    switch plan.choice {
    case .oneStandardError, .minimum:
      let validation = try PenaltyValidation(net, x, response, units: units, seed: seed)
      let isMinimum = plan.choice == .minimum
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
    let path = try net.fit(x, response)
    return (path.fits[criterion.best(of: path)], plan.choice.rawValue.uppercased())
  }
}
