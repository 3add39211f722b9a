public import Segments

/// How differences between customers are looked for: rules, tables, trees, regressions, predicted
/// effects, and a policy.
public struct SegmentPlan: Hashable, Sendable {
  /// The columns that may define a segment. Empty: the covariates of the mapping and the reason.
  public var columns: [String] = []
  /// The number of sessions that each arm needs inside and outside a segment.
  public var minimumSessions = 100
  /// The number of rules that the discovery half may hand to the estimation half.
  public var maximumRules = 10
  /// The number of conditions in a rule: 1 or 2.
  public var depth = 2
  /// The number of half-samples that are searched anew for each rule, at most 64; 0 for none.
  public var stability = 20
  /// The number of logs of no effect that the search is run on; 0 for none.
  public var permutations = 99
  /// The lists of categories whose joint levels make tables of effects; nil for the plan's contexts.
  public var cells: [[String]]?
  /// The number of questions on the longest way of a tree of effects; 0 for no tree.
  public var treeDepth = 3
  /// The regressions, in the plan's order.
  public var models: [ModelPlan] = []
  /// How effects are predicted, customer by customer.
  public var uplift = UpliftPlan()
  /// How a policy is grown.
  public var policy = PolicyTreePlan()

  /// Creates a plan with the defaults.
  public init() {}
}

/// How effects are predicted, and how predictions are judged.
public struct UpliftPlan: Hashable, Sendable {
  /// The learners, each judged by customers who taught it nothing; empty for none.
  public var learners: [UpliftLearner] = [.doublyRobust]
  /// The number of groups from the highest predictions to the lowest.
  public var bins = 5
  /// The shares of customers for whom there is a budget.
  public var budgets = [0.1, 0.2, 0.3, 0.5]

  /// Creates a plan with the defaults.
  public init() {}
}

/// How a shallow policy is grown and judged.
public struct PolicyTreePlan: Hashable, Sendable {
  /// The number of questions on the longest way, 1 to 3; 0 for no tree.
  public var depth = 2
  /// The sessions that a leaf needs; nil for those of a segment.
  public var minimumSessions: Int?
  /// The months of revenue that a saved session is worth: the policy is then the one of the greatest net
  /// margin; nil for that of the greatest metric.
  public var netMarginMonths: Double?
  /// The number of folds of customers: the later half values what was found on those before.
  public var folds = 10

  /// Creates a plan with the defaults.
  public init() {}
}
