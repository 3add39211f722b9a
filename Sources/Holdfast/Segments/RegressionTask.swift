internal import Inference
internal import LinearAlgebra
internal import Segments

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A regression of the plan on the sessions at hand: the table, the design, and the rows of the fit.
///
/// Equal sessions are counted together first, which changes no number of a fit; errors by customer need
/// them apart.
struct RegressionTask {
  /// How a formula's design calls its first column.
  static let intercept = "(Intercept)"

  let model: ModelPlan
  let sample: SegmentSample

  /// The law of the outcome.
  private let family: ModelPlan.Family
  /// Where the errors come from.
  private let errors: ModelPlan.Errors

  /// Errors are by customer where customers come back, unless the plan says otherwise.
  init(_ model: ModelPlan, _ sample: SegmentSample) {
    (self.model, self.sample) = (model, sample)
    family =
      model.family
      ?? (model.formula.response == nil && !sample.data.hasBinaryRewards ? .normal : .logistic)
    let isWald = model.intervals == .wald && !family.isModelOnly
    errors = model.errors ?? (isWald && sample.customersRepeat ? .customer : .model)
  }

  /// The rows; one that says why where nothing could be fitted.
  func rows() -> [ModelRow] {
    do throws(FormulaError) {
      let table = try RegressionTable(model, sample, isOfSessions: isOfSessions)
      do throws(FitError) {
        return try fitted(table)
      } catch {
        let names = table.names(of: family)
        return [refused(error.sentence { names.indices.contains($0) ? names[$0] : "" }, table)]
      }
    } catch {
      return [refused(error.sentence, nil)]
    }
  }

  /// Whether each session needs a row of its own: errors, folds and halves are by customer.
  private var isOfSessions: Bool {
    errors == .customer || model.penalty != nil || family == .conditional
  }

  private func fitted(_ table: RegressionTable) throws(FitError) -> [ModelRow] {
    if let penalty = model.penalty { return try selected(penalty, table) }
    let fit = try fit(table)
    return coefficients(fit, table) + joint(fit, table)
      + fit.measures.map { measure in
        var row = row("fit", measure.name, table, measure.method)
        row.estimate = measure.estimate
        (row.statistic, row.degreesOfFreedom) = (measure.statistic, measure.degreesOfFreedom)
        row.pValue = measure.pValue
        return row
      }
  }

  private func fit(_ table: RegressionTable) throws(FitError) -> FittedRegression {
    let (design, level) = (table.design, sample.plan.level)
    switch family {
    case .logistic:
      return try .logistic(
        design, LogisticLikelihood(table.outcomes, weights: table.weights), errors,
        model.intervals, units: table.units, plan: sample.plan)
    case .firth:
      return try .firth(
        design, LogisticLikelihood(table.outcomes, weights: table.weights), model.intervals,
        level: level)
    case .normal, .poisson, .gamma:
      let law = OutcomeFamily(rawValue: family.rawValue) ?? .normal
      return try .generalized(
        design, FamilyOutcomes(law, table.outcomes, weights: table.weights), errors,
        units: table.units, level: level)
    case .multinomial: return try .multinomial(table, level: level)
    case .ordinal: return try .ordinal(table, level: level)
    case .conditional: return try .conditional(table, level: level)
    }
  }

  /// The coefficients that a penalty leaves, and how often half of the customers leave them too.
  private func selected(
    _ penalty: PenaltyPlan, _ table: RegressionTable
  ) throws(FitError) -> [ModelRow] {
    let response = try PenalizedResponse(
      family == .normal ? .leastSquares : .logistic, table.outcomes)
    let fit = try PenalizedRegression(
      penalty, table.design, response, units: table.units ?? [], seed: sample.plan.seed)
    let rows = table.design.names.enumerated().map { index, name in
      var row = row("coefficient", name, table, fit.method)
      row.estimate = Estimate(fit.coefficients[index], interval: nil)
      if family == .logistic { row.ratio = row.estimate.exponentiated }
      row.stability = fit.stability?[index]
      return row
    }
    return rows + discoveries(fit.knockoffs, table)
      + fit.measures.map { measure in
        var row = row("fit", measure.name, table, measure.method)
        row.estimate = measure.estimate
        return row
      }
  }

  /// The columns that are selected against their knockoffs; a row without a term where none is.
  private func discoveries(
    _ knockoffs: KnockoffSelection?, _ table: RegressionTable
  ) -> [ModelRow] {
    guard let knockoffs else { return [] }
    guard !knockoffs.selected.isEmpty else {
      var row = row("selected", "none", table, knockoffs.method)
      row.estimate = Estimate(refusal: "no column is selected at this rate")
      return [row]
    }
    return knockoffs.selected.map { column in
      var row = row("selected", table.design.names[column + 1], table, knockoffs.method)
      row.statistic = knockoffs.statistics[column]
      return row
    }
  }

  private func coefficients(_ fit: FittedRegression, _ table: RegressionTable) -> [ModelRow] {
    fit.names.enumerated().map { index, name in
      var row = row("coefficient", name, table, fit.method)
      row.estimate = fit.estimates[index].estimate
      row.pValue = fit.estimates[index].pValue
      if family != .normal { row.ratio = row.estimate.exponentiated }
      return row
    }
  }

  /// The test of each term that has several columns, or is a product with the arm.
  private func joint(_ fit: FittedRegression, _ table: RegressionTable) -> [ModelRow] {
    guard let covariance = fit.covariance else { return [] }
    return zip(model.formula.terms, fit.terms).compactMap { term, columns in
      guard !columns.isEmpty,
        let test = JointWaldTest(fit.coefficients, tested: columns, covariance: covariance)
      else { return nil }
      var row = row(
        "joint", term.label, table, "Wald chi-squared, \(fit.errorMethod); null: all zero")
      row.estimate = .notAsked
      (row.statistic, row.degreesOfFreedom) = (test.statistic, test.degreesOfFreedom)
      row.pValue = test.pValue
      return row
    }
  }

  /// What the errors leave out, where customers come back and errors are not by customer.
  private var dependence: String? {
    guard errors != .customer, model.penalty == nil, model.strata != "customer",
      sample.customersRepeat
    else { return nil }
    return "sessions of one customer are taken as independent"
  }

  private func refused(_ sentence: String, _ table: RegressionTable?) -> ModelRow {
    var row = row("fit", "", table, "none")
    row.estimate = Estimate(refusal: sentence)
    return row
  }

  private func row(
    _ quantity: String, _ term: String, _ table: RegressionTable?, _ method: String
  ) -> ModelRow {
    ModelRow(
      model: model.name, outcome: model.formula.response ?? sample.metric,
      family: family.rawValue, quantity: quantity, term: term, claim: sample.assignment.claim,
      estimate: .notAsked, level: sample.plan.level,
      sessions: table?.sessions ?? sample.rows.count,
      cells: table.flatMap { $0.weights == nil ? nil : $0.outcomes.count }, method: method,
      sample: "\(table?.sessions ?? sample.rows.count) of the sessions that count",
      warnings: [sample.warning, dependence].compactMap(\.self))
  }
}

extension Estimate {
  /// A coefficient on a logarithmic scale as a ratio; an end beyond the largest number has none.
  fileprivate var exponentiated: Estimate? {
    guard let value else { return nil }
    return Estimate(
      exp(value),
      interval: interval.map { Interval(lower: exp($0.lower), upper: exp($0.upper)) })
  }
}
