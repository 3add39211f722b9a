extension LikelihoodRatioTest {
  /// Compares two multinomial regressions of the same classes.
  ///
  /// - Throws: `notConverged` if either fit stopped short of its greatest likelihood.
  public init(
    full: MultinomialRegression, reduced: MultinomialRegression
  ) throws(FitError) {
    try self.init(
      full: (full.logLikelihood, full.coefficientCount, full.status),
      reduced: (reduced.logLikelihood, reduced.coefficientCount, reduced.status))
  }

  /// Compares two ordinal regressions of the same classes.
  ///
  /// - Throws: `notConverged` if either fit stopped short of its greatest likelihood.
  public init(
    full: ProportionalOddsRegression, reduced: ProportionalOddsRegression
  ) throws(FitError) {
    try self.init(
      full: (full.logLikelihood, full.coefficientCount, full.status),
      reduced: (reduced.logLikelihood, reduced.coefficientCount, reduced.status))
  }

  /// Compares two conditional regressions of the same outcomes within the same strata.
  ///
  /// - Throws: `notConverged` if either fit stopped short of its greatest likelihood.
  public init(
    full: ConditionalLogisticRegression, reduced: ConditionalLogisticRegression
  ) throws(FitError) {
    try self.init(
      full: (full.logLikelihood, full.coefficientCount, full.status),
      reduced: (reduced.logLikelihood, reduced.coefficientCount, reduced.status))
  }
}

extension MultinomialRegression {
  fileprivate var coefficientCount: Int { coefficients.reduce(0) { $0 + $1.count } }
}

extension ProportionalOddsRegression {
  fileprivate var coefficientCount: Int { coefficients.count + cutpoints.count }
}

extension ConditionalLogisticRegression {
  fileprivate var coefficientCount: Int { coefficients.count }
}
