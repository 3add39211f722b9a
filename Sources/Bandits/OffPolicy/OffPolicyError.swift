/// Why a log cannot be read, or why an estimator abstains from a number.
public enum OffPolicyError: Error, Hashable {
  /// The log holds no session.
  case emptyLog
  /// An arm's index is not below the number of arms.
  case armOutOfRange(row: Int, arm: Int)
  /// A cell is not below the number of cells.
  case cellOutOfRange(row: Int, cell: Int)
  /// The log records no propensities.
  case noPropensities
  /// A propensity does not lie in (0, 1].
  case propensityOutOfRange(row: Int)
  /// A reward is infinite or not a number.
  case rewardNotFinite(row: Int)
  /// A session's time is not finite, before that of the row above, or 100,000 days after the first.
  case timeOutOfRange(row: Int)
  /// An outcome is known before its session, or at no finite time.
  case knownOutOfRange(row: Int)
  /// The probabilities of a cell are negative somewhere or do not sum to 1.
  case notProbabilities(cell: Int, sum: Double)
  /// A group of sessions in which the logging policy is taken to be one has an arm with two propensities.
  case propensityVaries(group: Int, arm: Int)
  /// The target plays what the log never does; `mass` is the share of its choices.
  case noSupport(mass: Double, allowed: Double)
  /// Too few sessions, counted by their weights, speak about the target.
  case effectiveSampleSizeTooSmall(Double, floor: Double)
  /// The estimator needs propensities that the log of pages does not hold.
  case notRecorded(SlatePropensities.Column)
  /// The target chose otherwise than the log in every session.
  case noMatches(rows: Int)
  /// Matching needs a log of uniform choices; this row's propensity is not 1/K.
  case notUniform(row: Int, propensity: Double)
  /// The rewards that the target would see do not vary, so there is no standard error.
  case noVariation
  /// A weight or a sum is too large for a double, or a model expects a reward that is not finite.
  case overflow
}
