internal import LinearAlgebra
internal import Segments

extension FittedRegression {
  /// A measure of the fit.
  struct Measure {
    let name: String
    let method: String
    var estimate = Estimate.notAsked
    var statistic: Double?
    var degreesOfFreedom: Int?
    var pValue: Double?
  }

  /// How well a logistic regression fits the sessions that it was fitted to.
  static func measures(
    _ fit: LogisticFit, _ x: HorizontalMatrix, _ likelihood: LogisticLikelihood, level: Double
  ) throws(FitError) -> [Measure] {
    let summary = try LogisticSummary(
      fit, names: fit.coefficients.map { _ in "" }, likelihood)
    func measure(_ name: String, _ value: Double, _ method: String) -> Measure {
      Measure(name: name, method: method, estimate: Estimate(value, interval: nil))
    }
    var measures = [
      measure("deviance", summary.deviance, "2(saturated − model)"),
      measure("null deviance", summary.nullDeviance, "of the intercept alone"),
      measure("AIC", summary.aic, "2p − 2ℓ"), measure("BIC", summary.bic, "p ln n − 2ℓ"),
    ]
    if let r = summary.pseudoRSquared {
      measures.append(measure("McFadden R²", r, "1 − ℓ/ℓ₀"))
    }
    if let ratio = summary.likelihoodRatio {
      measures.append(
        Measure(
          name: "likelihood ratio", method: "chi-squared; null: the intercept alone",
          statistic: ratio.statistic, degreesOfFreedom: ratio.degreesOfFreedom,
          pValue: ratio.pValue))
    }
    return measures + ranking(fit, x, likelihood, level: level)
  }

  /// The area under the ROC curve and the Brier score, session by session.
  private static func ranking(
    _ fit: LogisticFit, _ x: HorizontalMatrix, _ likelihood: LogisticLikelihood, level: Double
  ) -> [Measure] {
    let probabilities = fit.probabilities(of: x)
    let counts = likelihood.weights?.map { Int($0) }
    func repeated(_ values: [Double]) -> [Double] {
      guard let counts else { return values }
      return zip(values, counts).flatMap { repeatElement($0, count: $1) }
    }
    guard
      let predictions = try? Predictions(
        repeated(probabilities), outcomes: repeated(likelihood.outcomes))
    else { return [] }
    let flattered = "on the sessions that were fitted, which flatters"
    let area = try? ROCArea(predictions)
    return [
      Measure(
        name: "Brier score", method: flattered,
        estimate: Estimate(predictions.brierScore, interval: nil)),
      area.map {
        Measure(
          name: "AUC", method: "DeLong, \(flattered)",
          estimate: Estimate(
            $0.value, standardError: $0.standardError, interval: $0.interval(level: level)))
      },
    ].compactMap(\.self)
  }
}
