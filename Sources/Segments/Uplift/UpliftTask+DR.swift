extension UpliftTask {
  /// The DR-learner: a regression of doubly robust contrast scores.
  ///
  ///     Γ = μ₁(x) − μ₀(x) + (w − e)/(e(1 − e)) (r − μ_w(x))        τ(x) by least squares of Γ on x
  ///
  /// Scores are cross-fitted within the training sessions.
  ///
  /// Reference: Kennedy (2023), *Electronic Journal of Statistics* 17, 3008–3049.
  func drLearner(_ training: [Int], _ rows: [Int]) throws(SegmentError) -> [Double] {
    var scores = Array(repeating: 0.0, count: training.count)
    for fold in innerFolds(training) {
      let (test, others) = (fold.test.map { training[$0] }, fold.training.map { training[$0] })
      let x = features.matrix(data, test)
      let one = try model(others, of: arm).predictions(x)
      let zero = try model(others, of: baseline).predictions(x)
      let chances = try chances(test, training: others)
      for (index, place) in fold.test.enumerated() {
        let (reward, e) = (data.rewards[test[index]], chances[index])
        scores[place] = one[index] - zero[index]
        scores[place] +=
          data.arms[test[index]] == Int32(arm)
          ? (reward - one[index]) / e : -(reward - zero[index]) / (1 - e)
      }
    }
    return try OutcomeRegression(
      linear: features.matrix(data, training), scores, weights: scores.map { _ in 1 }
    ).predictions(features.matrix(data, rows))
  }
}
