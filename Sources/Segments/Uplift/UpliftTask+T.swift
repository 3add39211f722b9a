extension UpliftTask {
  /// The T-learner: `τ(x) = μ₁(x) − μ₀(x)`, two regressions.
  func tLearner(_ training: [Int], _ rows: [Int]) throws(SegmentError) -> [Double] {
    let x = features.matrix(data, rows)
    let treated = try model(training, of: arm).predictions(x)
    let control = try model(training, of: baseline).predictions(x)
    return rows.indices.map { treated[$0] - control[$0] }
  }
}
