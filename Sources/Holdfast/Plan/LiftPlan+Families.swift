public import Inference

extension RunPlan.LiftPlan {
  /// What sessions of one cluster share.
  public enum Clusters: Hashable, Sendable {
    /// The customer, where one has several sessions: what a plan that says nothing gets.
    case customersThatRepeat
    /// The customer.
    case customers
    /// Nothing: every session stands for itself.
    case sessions
    /// The level of a column.
    case column(String)
  }

  /// What becomes of sessions without a covariate.
  public enum MissingCovariates: String, CaseIterable, Hashable, Sendable {
    /// They count with the column's mean, and a column of ones says that it was missing.
    case indicator
    /// The adjusted answer is refused.
    case refuse
  }

  /// How several offers are judged together.
  public enum Simultaneous: String, CaseIterable, Hashable, Sendable {
    /// By Dunnett's test, with intervals that hold at once.
    case dunnett
    /// By Westfall and Young's shuffles.
    case maxT
    /// Each by itself, and the plan's adjustment alone.
    case none
  }

  /// The posterior of an effect.
  public struct Bayesian: Hashable, Sendable {
    /// What the metric is taken to be.
    public var model = Model.automatic
    /// What the prior is worth in successes, or of counts in events.
    public var priorSuccesses = 1.0
    /// What it is worth in failures, or of counts in sessions.
    public var priorFailures = 1.0
    /// The mean of the prior of a difference of means.
    public var priorMean = 0.0
    /// Its standard deviation. Absent: that of a session of the baseline.
    public var priorDeviation: Double?
    /// The effects that are as good as none.
    public var rope: Interval?

    /// What the metric is taken to be.
    public enum Model: String, CaseIterable, Hashable, Sendable {
      /// Shares are binomial and other numbers have normal means.
      case automatic
      /// Counts of events, one number a session.
      case gammaPoisson
    }
  }

  /// When a group-sequential test looked, and how it spends its error.
  public struct Looks: Hashable, Sendable {
    /// How the error is spent.
    public var spending = SpendingFunction.obrienFleming
    /// The instants of the looks, in microseconds since 1970 UTC, ascending.
    public var dates: [Int64] = []
    /// The shares of the planned sessions at the looks, ascending; in the place of dates.
    public var shares: [Double] = []
  }

  /// A bootstrap by cells.
  public struct Resampling: Hashable, Sendable {
    /// The number of resamples.
    public var resamples = 10_000
    /// What is estimated.
    public var statistic = Statistic.mean
    /// Which quantile, of a quantile.
    public var quantile = 0.5

    /// What is estimated.
    public enum Statistic: String, CaseIterable, Hashable, Sendable {
      case mean, ratio, quantile
    }
  }

  /// The shares of values at which extreme ones are drawn in.
  public struct Winsorizing: Hashable, Sendable {
    /// The share below the lower threshold.
    public var lower = 0.0
    /// The share up to the upper threshold.
    public var upper = 0.99
  }

  /// A ratio of two sums.
  public struct Ratio: Hashable, Sendable {
    /// The column that is summed above.
    public var numerator: String
    /// The column that is summed below.
    public var denominator: String
  }
}
