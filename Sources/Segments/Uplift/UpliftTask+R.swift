extension UpliftTask {
  /// The R-learner: the effect that best explains residual rewards by residual arms.
  ///
  ///     τ = argmin Σᵢ ((rᵢ − m(xᵢ)) − (wᵢ − e(xᵢ)) τ(xᵢ))²
  ///
  /// which is least squares of `(r − m)/(w − e)` with weights `(w − e)²`. The mean reward `m` and
  /// the chance `e` are cross-fitted within the training sessions.
  ///
  /// Reference: Nie and Wager (2021), *Biometrika* 108, 299–319.
  func rLearner(_ training: [Int], _ rows: [Int]) throws(SegmentError) -> [Double] {
    var (ratios, weights) = (
      Array(repeating: 0.0, count: training.count), Array(repeating: 0.0, count: training.count)
    )
    for fold in innerFolds(training) {
      let (test, others) = (fold.test.map { training[$0] }, fold.training.map { training[$0] })
      let means = try OutcomeRegression(features.matrix(data, others), rewards(others))
        .predictions(features.matrix(data, test))
      let chances = try chances(test, training: others)
      for (index, place) in fold.test.enumerated() {
        let arm = (data.arms[test[index]] == Int32(self.arm) ? 1 : 0) - chances[index]
        ratios[place] = (data.rewards[test[index]] - means[index]) / arm
        weights[place] = arm * arm
      }
    }
    return try OutcomeRegression(
      linear: features.matrix(data, training), ratios, weights: weights
    ).predictions(features.matrix(data, rows))
  }
}
