public import Inference

/// The log of an adaptive policy that chose by the cell of a session: a log for each cell, and how often it came.
///
///     Q̂ₐ = Σ_c share_c Q̂ₐ,c      Cov = Σ_c share_c² Cov_c
///
/// Weights that calm an estimate follow the probabilities of an arm. Over cells at once they would
/// count those more in which the arm was shown more, and estimate something else: the value among those whom
/// the policy chose it for. So each cell is estimated for itself. The shares are those of the log,
/// taken as given.
public struct StratifiedAdaptiveLog: Sendable {
  /// The log of each cell that has sessions.
  public let cells: [AdaptiveLog]
  /// The share of the sessions that each cell has.
  public let shares: [Double]

  /// Puts the logs of cells side by side; all have the same arms.
  public init(_ cells: [AdaptiveLog]) {
    precondition(!cells.isEmpty, "a log has a cell")
    let total = Double(cells.reduce(0) { $0 + $1.count })
    self.cells = cells
    shares = cells.map { Double($0.count) / total }
  }

  /// The mean reward of an arm.
  ///
  /// - Throws: What the estimator throws in the first cell that has no answer.
  public func value(
    of arm: Arm, by estimator: some AdaptiveEstimator
  ) throws(InferenceError) -> AdaptiveEstimate {
    try estimate(arm) { cell throws(InferenceError) in try estimator.value(of: arm, in: cell) }
  }

  /// The mean reward of an arm less that of another.
  ///
  /// - Throws: What the estimator throws in the first cell that has no answer.
  public func contrast(
    of arm: Arm, minus other: Arm, by estimator: some AdaptiveEstimator
  ) throws(InferenceError) -> AdaptiveEstimate {
    try estimate(arm) { cell throws(InferenceError) in
      try estimator.contrast(of: arm, minus: other, in: cell)
    }
  }

  /// The values of several arms with their covariance, as ``BestArmInference`` needs them.
  ///
  /// - Throws: What the estimator throws in the first cell that has no answer.
  public func values(
    of arms: [Arm], by estimator: AdaptiveAIPW
  ) throws(InferenceError) -> ArmValues {
    var estimates = Array(repeating: 0.0, count: arms.count)
    var covariance = Array(repeating: 0.0, count: arms.count * arms.count)
    for (cell, share) in zip(cells, shares) {
      let values = try estimator.values(of: arms, in: cell)
      for place in estimates.indices { estimates[place] += share * values.estimates[place] }
      for place in covariance.indices {
        covariance[place] += share * share * values.covariance[place]
      }
    }
    return ArmValues(estimates: estimates, covariance: covariance)
  }

  private func estimate(
    _ arm: Arm, _ estimate: (AdaptiveLog) throws(InferenceError) -> AdaptiveEstimate
  ) throws(InferenceError) -> AdaptiveEstimate {
    var (value, variance, name) = (0.0, 0.0, "")
    for (cell, share) in zip(cells, shares) {
      let own = try estimate(cell)
      value += share * own.value
      variance += (share * own.standardError) * (share * own.standardError)
      name = own.estimator
    }
    return try AdaptiveEstimate(name, value, variance: variance, arm: arm)
  }
}
