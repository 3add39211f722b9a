extension UpliftTask {
  /// The X-learner: each arm's sessions impute their effect by the other arm's model.
  ///
  ///     D₁ = r − μ₀(x) on the arm        D₀ = μ₁(x) − r on the baseline
  ///     τ(x) = e(x) τ₀(x) + (1 − e(x)) τ₁(x)
  ///
  /// Suits arms of very different sizes: the large arm's model serves the small one.
  ///
  /// Reference: Künzel, Sekhon, Bickel and Yu (2019), *PNAS* 116, 4156–4165.
  func xLearner(_ training: [Int], _ rows: [Int]) throws(SegmentError) -> [Double] {
    let (treated, control) = (self.rows(training, of: arm), self.rows(training, of: baseline))
    let (ofTreated, ofControl) = (
      features.matrix(data, treated), features.matrix(data, control)
    )
    let expected = (
      treated: try model(training, of: baseline).predictions(ofTreated),
      control: try model(training, of: arm).predictions(ofControl)
    )
    let effects = (
      treated: treated.indices.map { data.rewards[treated[$0]] - expected.treated[$0] },
      control: control.indices.map { expected.control[$0] - data.rewards[control[$0]] }
    )
    let x = features.matrix(data, rows)
    let one = try OutcomeRegression(
      linear: ofTreated, effects.treated, weights: treated.map { _ in 1 }
    ).predictions(x)
    let zero = try OutcomeRegression(
      linear: ofControl, effects.control, weights: control.map { _ in 1 }
    ).predictions(x)
    let chances = try chances(rows, training: training)
    return rows.indices.map { chances[$0] * zero[$0] + (1 - chances[$0]) * one[$0] }
  }
}
