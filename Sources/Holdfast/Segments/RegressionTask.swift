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

  init(_ model: ModelPlan, _ sample: SegmentSample) {
    (self.model, self.sample) = (model, sample)
  }

  /// The rows; one that says why where nothing could be fitted.
  func rows() -> [ModelRow] {
    do throws(FormulaError) {
      let table = try table()
      do throws(FitError) {
        return try fitted(table)
      } catch {
        return [refused(error.sentence { table.design.names[$0] }, table)]
      }
    } catch {
      return [refused(error.sentence, nil)]
    }
  }

  /// The sessions as a table, equal ones together.
  struct Table {
    /// The sessions that have the outcome.
    let sessions: Int
    /// The design, a row a pattern.
    let design: FormulaDesign
    /// The outcome of each row.
    let outcomes: [Double]
    /// How many sessions a row stands for; nil for one each.
    let weights: [Double]?
    /// The customer of each row, where rows are sessions.
    let units: [UInt64]?
  }

  /// Where the errors come from: by customer where customers come back, unless the plan says otherwise.
  private var errors: ModelPlan.Errors {
    if let errors = model.errors { return errors }
    let isWald = model.intervals == .wald && family != .firth
    return isWald && Set(sample.data.units).count < sample.rows.count ? .customer : .model
  }

  private var family: ModelPlan.Family {
    model.family
      ?? (model.formula.response == nil && !sample.data.hasBinaryRewards ? .normal : .logistic)
  }

  private func table() throws(FormulaError) -> Table {
    var columns = [
      Covariate(
        name: "arm", column: .category(codes: sample.data.arms, levels: sample.data.armNames))
    ]
    columns += sample.log.modelColumns.map { $0.covariate(sample.rows) }
    var (outcomes, units) = (sample.data.rewards, sample.data.units)
    if let response = model.formula.response,
      let column = columns.first(where: { $0.name == response })
    {
      let known = column.knownRows
      columns = columns.map { $0.subset(known) }
      units = known.map { units[$0] }
      outcomes = try model.formula.outcomes(in: columns)
    }
    let names = Set(model.formula.variables.map(\.name))
    let used = columns.filter { names.contains($0.name) || $0.name == "arm" }
    let sessions = outcomes.count
    // Folds and halves are by customer too.
    guard errors != .customer, model.penalty == nil else {
      return Table(
        sessions: sessions, design: try FormulaDesign(model.formula, over: used),
        outcomes: outcomes, weights: nil, units: units)
    }
    let cells = DistinctCells(outcomes, by: columns.filter { names.contains($0.name) })
    return Table(
      sessions: sessions,
      design: try FormulaDesign(model.formula, over: cells.rows(of: used)),
      outcomes: cells.rows(of: outcomes), weights: cells.counts, units: nil)
  }

  private func fitted(_ table: Table) throws(FitError) -> [ModelRow] {
    let (x, errors) = (table.design.matrix, errors)
    if let penalty = model.penalty { return try selected(penalty, table) }
    let fit: FittedRegression
    switch family {
    case .logistic, .firth:
      let likelihood = try LogisticLikelihood(table.outcomes, weights: table.weights)
      fit =
        family == .firth
        ? try .firth(x, likelihood, model.intervals, level: sample.plan.level)
        : try .logistic(
          x, likelihood, errors, model.intervals, units: table.units, plan: sample.plan)
    case .normal, .poisson, .gamma:
      let law = OutcomeFamily(rawValue: family.rawValue) ?? .normal
      let outcomes = try FamilyOutcomes(law, table.outcomes, weights: table.weights)
      fit = try .generalized(x, outcomes, errors, units: table.units, level: sample.plan.level)
    }
    return coefficients(fit, table) + joint(fit, table)
      + fit.measures.map { measure in
        var row = row("fit", measure.name, table, measure.method)
        row.estimate = measure.estimate
        (row.statistic, row.degreesOfFreedom) = (measure.statistic, measure.degreesOfFreedom)
        row.pValue = measure.pValue
        return row
      }
  }

  /// The coefficients that a penalty leaves, and how often half of the customers leave them too.
  private func selected(
    _ penalty: PenaltyPlan, _ table: Table
  ) throws(FitError) -> [ModelRow] {
    let response = try PenalizedResponse(
      family == .normal ? .leastSquares : .logistic, table.outcomes)
    let fit = try PenalizedRegression(
      penalty, table.design.matrix, response, units: table.units ?? [], seed: sample.plan.seed)
    let rows = table.design.names.enumerated().map { index, name in
      var row = row("coefficient", name, table, fit.method)
      row.estimate = Estimate(fit.coefficients[index], interval: nil)
      if family == .logistic { row.ratio = row.estimate.exponentiated }
      row.stability = fit.stability?[index]
      return row
    }
    return rows
      + fit.measures.map { measure in
        var row = row("fit", measure.name, table, measure.method)
        row.estimate = measure.estimate
        return row
      }
  }

  private func coefficients(_ fit: FittedRegression, _ table: Table) -> [ModelRow] {
    table.design.names.enumerated().map { index, name in
      var row = row("coefficient", name, table, fit.method)
      row.estimate = fit.estimates[index].estimate
      row.pValue = fit.estimates[index].pValue
      if family != .normal { row.ratio = row.estimate.exponentiated }
      return row
    }
  }

  /// The test of each term that has several columns, or is a product with the arm.
  private func joint(_ fit: FittedRegression, _ table: Table) -> [ModelRow] {
    guard let covariance = fit.covariance else { return [] }
    return zip(model.formula.terms, table.design.terms).compactMap { term, columns in
      guard !columns.isEmpty,
        let test = JointWaldTest(
          fit.coefficients, tested: Set(columns), covariance: covariance)
      else { return nil }
      var row = row(
        "joint", term.label, table, "Wald chi-squared, \(fit.errorMethod); null: all zero")
      row.estimate = Estimate(refusal: "")
      (row.statistic, row.degreesOfFreedom) = (test.statistic, test.degreesOfFreedom)
      row.pValue = test.pValue
      return row
    }
  }

  private func refused(_ sentence: String, _ table: Table?) -> ModelRow {
    var row = row("fit", "", table, "none")
    row.estimate = Estimate(refusal: sentence)
    return row
  }

  private func row(
    _ quantity: String, _ term: String, _ table: Table?, _ method: String
  ) -> ModelRow {
    ModelRow(
      model: model.name, outcome: model.formula.response ?? sample.metric,
      family: family.rawValue, quantity: quantity, term: term, claim: sample.assignment.claim,
      estimate: Estimate(refusal: ""), level: sample.plan.level,
      sessions: table?.sessions ?? sample.rows.count,
      cells: table.flatMap { $0.weights == nil ? nil : $0.outcomes.count }, method: method,
      sample: "\(table?.sessions ?? sample.rows.count) of the sessions that count",
      warnings: [sample.warning].compactMap(\.self))
  }
}

extension Covariate {
  /// The rows in which the value is known.
  fileprivate var knownRows: [Int] {
    switch column {
    case .category(let codes, _): codes.indices.filter { codes[$0] >= 0 }
    case .number(_, let isPresent): isPresent.indices.filter { isPresent[$0] }
    }
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
