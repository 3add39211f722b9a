/// Doubly robust scores of every arm: a model of the outcome, corrected by weighted residuals.
///
///     Γᵢₖ = μₖ(xᵢ) + 1[aᵢ = k] / pᵢₖ · (rᵢ − μₖ(xᵢ))
///
/// Models and estimated chances of a session come from the other folds of customers, so that no
/// session corrects a model that it taught. The mean is right if either the chances or the model
/// is; a good model makes it sharper.
///
/// References: Robins, Rotnitzky and Zhao (1994), *JASA* 89, 846–866; Chernozhukov et al. (2018),
/// *The Econometrics Journal* 21, C1–C68, for the cross-fitting.
public struct DoublyRobustScoring: Hashable, Sendable {
  /// What predicts a reward under an arm.
  public enum Model: Hashable, Sendable {
    /// One regression an arm on every covariate: logistic where rewards are 0 or 1, else linear;
    /// a ridge of one on standardised columns.
    case regression
    /// The arm's mean reward among the sessions that agree in some covariates; the arm's overall
    /// mean where there is none.
    case cellMeans(of: [String])
  }

  /// What predicts a reward.
  public var model = Model.regression
  /// The number of folds of customers; one fits and corrects on the same sessions.
  public var folds = 5
  /// The seed of the folds.
  public var seed: UInt64 = 0

  /// Creates a scoring with the default settings.
  public init() {}

  /// Scores every session for every arm.
  ///
  /// - Throws: ``SegmentError`` if chances are out of range, if a fold leaves an arm without
  ///   sessions, or if a regression cannot be fitted.
  /// - Complexity: A regression an arm and fold.
  public func scores(
    of data: SegmentData, _ propensities: ArmPropensities
  ) throws(SegmentError) -> ActionScores {
    precondition(folds >= 1, "there is at least one fold")
    try propensities.check(data)
    let arms = data.armNames.count
    let features = CovariateFeatures(data)
    var values = Array(repeating: 0.0, count: data.arms.count * arms)
    for fold in CustomerFolds(data.units, count: folds, seed: seed).folds {
      let chances = try propensities.chances(
        of: fold.test, training: fold.training, data, features)
      for arm in 0..<arms {
        let training = fold.training.filter { data.arms[$0] == Int32(arm) }
        guard !training.isEmpty else { throw .noSessions(arm: data.armNames[arm]) }
        let predicted = try predictions(data, features, training, fold.test)
        for (index, row) in fold.test.enumerated() {
          let isShown = data.arms[row] == Int32(arm)
          let correction =
            isShown ? (data.rewards[row] - predicted[index]) / chances[index * arms + arm] : 0
          values[row * arms + arm] = predicted[index] + correction
        }
      }
    }
    return try ActionScores(armNames: data.armNames, values: values)
  }

  /// What sessions of one arm say of the rewards of others.
  private func predictions(
    _ data: SegmentData, _ features: CovariateFeatures, _ training: [Int], _ rows: [Int]
  ) throws(SegmentError) -> [Double] {
    switch model {
    case .regression:
      return try OutcomeRegression(
        features.matrix(data, training), training.map { data.rewards[$0] }
      ).predictions(features.matrix(data, rows))
    case .cellMeans(let names):
      var covariates: [Covariate] = []
      for name in names { covariates.append(try data.covariate(name)) }
      let partition = CovariatePartition(covariates, sessions: data.arms.count)
      return partition.means(of: data.rewards, over: training, at: rows)
    }
  }
}
