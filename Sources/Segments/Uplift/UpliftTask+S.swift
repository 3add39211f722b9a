internal import LinearAlgebra

extension UpliftTask {
  /// The S-learner: `τ(x) = μ(x, 1) − μ(x, 0)`, one regression on the covariates, the arm, and their
  /// products.
  ///
  /// The ridge draws the products to zero, and so the effects to one on the scale of the regression.
  func sLearner(_ training: [Int], _ rows: [Int]) throws(SegmentError) -> [Double] {
    let isTreated = training.map { data.arms[$0] == Int32(arm) }
    let model = try OutcomeRegression(design(training, isTreated), rewards(training))
    let treated = model.predictions(design(rows, rows.map { _ in true }))
    let control = model.predictions(design(rows, rows.map { _ in false }))
    return rows.indices.map { treated[$0] - control[$0] }
  }

  /// The features beside themselves times the arm.
  private func design(_ rows: [Int], _ isTreated: [Bool]) -> HorizontalMatrix {
    HorizontalMatrix(
      features.parts(data, rows) + features.parts(data, rows, where: isTreated))
  }
}
