public import Inference
public import Sessions

/// What to compute, from which sessions: the only configuration of Holdfast.
///
/// A plan is read from YAML or JSON (``init(contentsOf:environment:)``) and checked once, there. Everything
/// else, the command's flags too, only fills it in.
public struct RunPlan: Hashable, Sendable {
  /// The log of sessions: a path, or `-` for standard input.
  public var sessions: String
  /// Which column of the log plays which role.
  public var schema: Schema
  /// The instant at which the log was drawn, in microseconds since 1970 UTC; states are as of then.
  /// Absent: the latest instant in the log.
  public var asOf: Int64?
  /// The length of the watchlist window, in days of 86,400 s.
  public var windowDays = 30
  /// What a session is worth.
  public var metric = Metric.saved
  /// The arm that every other is compared with. Absent: the first one seen.
  public var baseline: String?
  /// The sessions whose arms were drawn at random and which lift and segments rest on.
  public var experiment: Experiment?
  /// The columns whose joint levels make the cells of policies and recommendations.
  public var contexts: [String] = []
  /// The policies to evaluate.
  public var policies: [PolicyPlan] = PolicyPlan.standard
  /// How off-policy values are estimated, and when they are refused.
  public var offPolicy = OffPolicyPlan()
  /// How policies that learn are led through the log.
  public var replay = ReplayPlan()
  /// Pages of several slots, where the log has such; nil where it has not.
  public var slates: SlatePlan?
  /// How arms are compared.
  public var lift = LiftPlan()
  /// What is tried before a comparison is believed.
  public var proof = ProofPlan()
  /// How the experiment is checked.
  public var diagnostics = DiagnosticsPlan()
  /// How segments are searched.
  public var segments = SegmentPlan()
  /// How offers are recommended.
  public var recommend = RecommendPlan()
  /// The level of every interval; one less the level is the error rate of every test.
  public var level = 0.95
  /// The correction for testing many arms, and many segments.
  public var adjustment = Multiplicity.holm
  /// The seed of every random draw.
  public var seed: UInt64 = 1
  /// The number of threads; no result depends on it.
  public var threads = 2
  /// The share of rows that may be rejected before the run stops.
  public var maximumRejectedShare = 0.0
  /// The folder that receives the results.
  public var output = "results"

  /// What a session is worth to the metric.
  public enum Metric: String, CaseIterable, Hashable, Sendable {
    /// 1 if the session is saved by the as-of date, 0 if cancelled or lost.
    case saved
    /// The number in the column that plays the role `reward`.
    case reward
  }

  /// The randomised part of a log.
  public struct Experiment: Hashable, Sendable {
    /// The column that tells the phase; nil for the whole log.
    public var column: String?
    /// The values of that column that belong to the experiment.
    public var values: [String] = []
    /// The share of sessions each arm was meant to get, by arm; empty for equal shares.
    public var allocation: [String: Double] = [:]
  }

  /// How offers are recommended.
  public struct RecommendPlan: Hashable, Sendable {
    /// What chooses an offer.
    public enum Choice: String, CaseIterable, Hashable, Sendable {
      /// The optimal shallow policy, where it beats the best single arm; else that arm.
      case tree
      /// The best arm of the customer's cell.
      case cells
    }

    /// What chooses an offer; nil for the tree where columns define segments, and cells elsewhere.
    public var by: Choice?
    /// The number of sessions of an arm in a cell below which that arm is not recommended there.
    public var minimumSessions = 50
    /// The probability of being the best arm below which no offer is recommended.
    public var minimumProbability = 0.8
    /// The number of sessions that an arm's overall rate counts for in each cell.
    public var priorSessions = 20.0
  }

  /// Creates a plan with the defaults.
  public init(sessions: String, schema: Schema) {
    self.sessions = sessions
    self.schema = schema
  }
}
