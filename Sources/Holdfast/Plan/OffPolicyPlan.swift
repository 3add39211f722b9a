public import Bandits

extension RunPlan {
  /// How policies are evaluated off-line.
  public struct OffPolicyPlan: Hashable, Sendable {
    /// The effective sample size below which an estimator abstains.
    public var minimumEffectiveSampleSize = 200.0
    /// The estimators, in the order of the rows.
    public var estimators = EstimatorPlan.standard
    /// The intervals by their names in ``IntervalCatalogue``, in the order of the rows.
    public var intervals = ["normal"]
    /// What tells the reward of an arm that was not shown.
    public var rewardModel = RewardModelKind.cells
    /// The sample size that the arm's overall rate counts for in each cell of the reward model.
    public var priorSessions = 20.0
    /// What the log must stand before an estimate is given.
    public var audit = AuditPlan()
    /// The months of revenue that a save is worth; with it, each policy is valued by its net margin too.
    public var netMarginMonths: Double?
    /// The quantiles of the metric that are estimated beside its mean.
    public var quantiles: [Double] = []
    /// The column that says which policy logged a session, where there were several.
    public var loggers: String?
    /// The factor of the arm by which arms are grouped for marginalised importance sampling.
    public var actionGroups: String?
    /// How arms are valued whose logging policy learned as it went; nil where that is not asked.
    public var adaptive: AdaptivePlan?
  }

  /// What tells the reward of an arm that was not shown.
  public enum RewardModelKind: String, CaseIterable, Hashable, Sendable {
    /// The mean of the cell and arm, shrunken towards the arm's.
    case cells
    /// The same, weighted for the least variance of DR (MRDR).
    case mrdr
    /// A logistic regression on arms, context columns, and each arm by each column.
    case logistic
  }

  /// What the log must stand before an estimate is given.
  public struct AuditPlan: Hashable, Sendable {
    /// What is allowed.
    public var limits = AuditLimits()
    /// What follows from a doubt.
    public var onDoubt = DoubtPolicy.abstain

    /// What follows from a doubt.
    public enum DoubtPolicy: String, CaseIterable, Hashable, Sendable {
      /// The estimate is refused, with the reasons by name.
      case abstain
      /// The estimate is given, with the reasons as warnings.
      case warn
    }
  }

  /// How arms are valued whose logging policy learned as it went.
  public struct AdaptivePlan: Hashable, Sendable {
    /// The column whose levels are the batches between two updates; nil for periods.
    public var batches: String?
    /// The length of a period in days, where no column tells the batches.
    public var periodDays = 1.0
    /// The least probability that the policy gave every arm, where that is known.
    public var floor: DecayingFloor?
  }
}

/// An off-policy estimator, as a plan names it.
public struct EstimatorPlan: Hashable, Sendable {
  /// The name in ``EstimatorCatalogue``.
  public var name: String
  /// The constant by which it shrinks weights.
  public var constant = Constant.standard

  /// How the constant of an estimator that shrinks weights is come by.
  public enum Constant: Hashable, Sendable {
    /// The catalogue's.
    case standard
    /// A given one.
    case fixed(Double)
    /// One of several, by SLOPE on the sessions that it then values.
    case slope([Double])
    /// One of several, by SLOPE on one half of the sessions, and checked on the other.
    case heldOut([Double])
  }

  /// Names an estimator.
  public init(_ name: String, _ constant: Constant = .standard) {
    self.name = name
    self.constant = constant
  }

  /// The name, with the constant where it is not the catalogue's.
  var text: String {
    func list(_ constants: [Double]) -> String {
      constants.map(Decimals.shortest).joined(separator: ", ")
    }
    return switch constant {
    case .standard: name
    case .fixed(let constant): "\(name) at \(Decimals.shortest(constant))"
    case .slope(let constants): "\(name) by SLOPE of \(list(constants))"
    case .heldOut(let constants): "\(name) by SLOPE on one half of \(list(constants))"
    }
  }

  /// The estimators used where a plan names none.
  public static let standard = ["ips", "snips", "dm", "dr", "replay"].map { EstimatorPlan($0) }
}
