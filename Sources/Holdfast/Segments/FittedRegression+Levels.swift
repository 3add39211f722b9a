internal import LinearAlgebra
internal import Segments

/// Regressions of outcomes of several levels, and within strata.
extension FittedRegression {
  /// An outcome of several levels without an order: the coefficients of each level against the first.
  static func multinomial(
    _ table: RegressionTable, level: Double
  ) throws(FitError) -> FittedRegression {
    let fit = try MultinomialRegression(
      table.design.matrix, classes: table.outcomes.map { Int32($0) },
      classCount: table.levels.count, weights: table.weights)
    let width = table.design.names.count
    let others = table.levels.dropFirst()
    return try modelled(
      names: table.names(of: .multinomial),
      terms: table.design.terms.map { columns in
        Set(others.indices.flatMap { other in columns.map { (other - 1) * width + $0 } })
      }, fit.coefficients.flatMap(\.self), fit.modelCovariance(), fit.logLikelihood,
      "each level against \(table.levels.first ?? "the first")", level: level)
  }

  /// An outcome whose levels have an order: one coefficient a column, and the cutpoints between levels.
  static func ordinal(
    _ table: RegressionTable, level: Double
  ) throws(FitError) -> FittedRegression {
    let fit = try ProportionalOddsRegression(
      try slopes(table), classes: table.outcomes.map { Int32($0) },
      classCount: table.levels.count, weights: table.weights)
    return try modelled(
      names: table.names(of: .ordinal), terms: slopeTerms(table),
      fit.coefficients + fit.cutpoints, fit.modelCovariance(), fit.logLikelihood,
      "proportional odds; above zero moves to later levels", level: level)
  }

  /// A chance within strata, whose own levels are conditioned away.
  static func conditional(
    _ table: RegressionTable, level: Double
  ) throws(FitError) -> FittedRegression {
    let fit = try ConditionalLogisticRegression(
      try slopes(table), table.outcomes, strata: table.strata ?? [])
    return try modelled(
      names: table.names(of: .conditional), terms: slopeTerms(table), fit.coefficients,
      fit.modelCovariance(), fit.logLikelihood,
      "conditional on the strata, \(fit.informativeStrata) of which have both outcomes",
      level: level)
  }

  /// The columns but the intercept, which cutpoints or strata take the place of.
  private static func slopes(_ table: RegressionTable) throws(FitError) -> HorizontalMatrix {
    let x = table.design.matrix
    guard x.columnCount > 1, let slopes = x.selecting(Array(1..<x.columnCount)) else {
      throw .nothingToTest
    }
    return slopes
  }

  private static func slopeTerms(_ table: RegressionTable) -> [Set<Int>] {
    table.design.terms.map { Set($0.map { $0 - 1 }) }
  }

  private static func modelled(
    names: [String], terms: [Set<Int>], _ coefficients: [Double], _ covariance: Matrix,
    _ logLikelihood: Double, _ form: String, level: Double
  ) throws(FitError) -> FittedRegression {
    FittedRegression(
      names: names, terms: terms, coefficients: coefficients, covariance: covariance,
      estimates: coefficients.indices.map { index in
        wald(
          WaldTest(
            estimate: coefficients[index],
            standardError: covariance[index, index].squareRoot()), level)
      }, method: "\(form); \(ModelPlan.Intervals.wald.label(ModelPlan.Errors.modelLabel))",
      errorMethod: ModelPlan.Errors.modelLabel,
      measures: [
        Measure(
          name: "log-likelihood", method: "in nats",
          estimate: Estimate(logLikelihood, interval: nil))
      ])
  }
}
