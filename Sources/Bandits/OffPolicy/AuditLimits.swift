/// Why a log should not be asked for an estimate.
public enum AbstentionReason: Hashable, Sendable {
  /// A cell was shown an arm more or less often than the propensities say.
  case miscalibrated(cell: Int, arm: Arm, frequency: Double, recorded: Double, pValue: Double)
  /// The mean weight of a cell is not 1.
  case meanWeightOfCell(Int, mean: Double, pValue: Double)
  /// The mean weight of a period is not 1.
  case meanWeightOfPeriod(Int, mean: Double, pValue: Double)
  /// A few sessions with the greatest weights carry too much of the value.
  case fewSessionsCarryTheValue(share: Double, allowed: Double)
  /// The terms are too skewed for the normal interval at this number of sessions.
  case skewedTerms(expectedCoverage: Double, level: Double)
  /// What the weights lost by shrinking moves the estimate, in standard errors.
  case shrinkageShows(bias: Double, allowed: Double)
  /// The estimator itself abstains.
  case refused(OffPolicyError)
}

/// What an audit allows before it advises against an estimate.
public struct AuditLimits: Hashable, Sendable {
  /// The probability that a log with the right propensities is doubted, over all its tests together.
  public var alpha = 0.001
  /// The number of periods that the log is cut into.
  public var periods = 10
  /// The greatest share of the value that the top hundredth of the weights may carry.
  public var topWeightShare = 0.5
  /// The coverage that the normal interval may lose.
  public var coverageLoss = 0.01
  /// The greatest bias of shrunk weights, in standard errors; 0.25 cost an interval of 95 % 0.7 points.
  public var bias = 0.25

  /// Creates the default limits.
  public init() {}
}
