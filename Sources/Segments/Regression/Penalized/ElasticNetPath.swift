/// The coefficients of a penalised regression at each of a sequence of penalties.
public struct ElasticNetPath: Hashable, Sendable {
  /// How the solver came to the end of one penalty.
  public enum Status: Hashable, Sendable {
    /// Zero is within the tolerance of every column's subdifferential.
    case converged
    /// No step lowered the objective any more.
    case stalled
    /// The last permitted round was taken.
    case roundLimit
  }

  /// The minimum at one penalty.
  public struct Fit: Hashable, Sendable {
    /// The penalty `λ`.
    public let lambda: Double
    /// The intercept, of the columns as they are.
    public let intercept: Double
    /// The coefficient of each column as it is.
    public let coefficients: [Double]
    /// The share of the null deviance that is explained, `1 − D/D₀`.
    public let devianceRatio: Double
    /// An upper bound on how far the objective lies above its minimum.
    public let dualityGap: Double
    /// The greatest distance of zero from a column's subdifferential, per standard deviation of it.
    public let violation: Double
    /// How the solver came to its end.
    public let status: Status

    /// The columns whose coefficients are not zero.
    public var support: [Int] { coefficients.indices.filter { coefficients[$0] != 0 } }
  }

  /// What the whole path took.
  public struct Work: Hashable, Sendable {
    /// The points at which the loss and its slopes were computed.
    public internal(set) var evaluations = 0
    /// The times that `XᵀWX` was formed.
    public internal(set) var curvatures = 0
    /// The times that the strong rule had left out a column that it should not have.
    public internal(set) var screeningFailures = 0
  }

  /// The minima, one a penalty, in descending order of penalty.
  public let fits: [Fit]
  /// The deviance of the model without penalised columns, per session.
  public let nullDeviance: Double
  /// The law of the outcomes.
  public let family: PenalizedResponse.Family
  /// The number of sessions.
  public let sessionCount: Double
  /// What the path took.
  public let work: Work
}
