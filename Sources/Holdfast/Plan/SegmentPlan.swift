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

/// A regression that a plan asks for.
public struct ModelPlan: Hashable, Sendable {
  /// What the outcome is taken to be.
  public enum Family: String, CaseIterable, Hashable, Sendable {
    /// A chance: maximum likelihood.
    case logistic
    /// A chance, with Firth's penalty: finite where outcomes are separated.
    case firth
    /// A number with normal errors.
    case normal
    /// A count.
    case poisson
    /// A positive number whose error grows with it.
    case gamma
  }

  /// Where standard errors come from.
  public enum Errors: String, CaseIterable, Hashable, Sendable {
    /// The model's own information.
    case model
    /// The sandwich, HC3.
    case robust
    /// The sandwich by customer, CR2.
    case customer
  }

  /// How the intervals of coefficients are made.
  public enum Intervals: String, CaseIterable, Hashable, Sendable {
    /// The estimate and its error.
    case wald
    /// The values that a likelihood-ratio test does not reject.
    case profile
    /// The values that a score test does not reject.
    case score
  }

  /// The terms, and the outcome if it is not the plan's metric.
  public var formula: Formula
  /// The formula as written.
  public var text: String
  /// The name in the rows; the formula where none is given.
  public var name: String
  /// The law of the outcome; nil for logistic where the metric is `saved` and normal otherwise.
  public var family: Family?
  /// The standard errors; nil for those by customer where customers come back, and else the model's.
  public var errors: Errors?
  /// The intervals.
  public var intervals = Intervals.wald

  /// Creates a regression.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake.
  public init(_ text: String) throws(FormulaError) {
    formula = try Formula(text)
    self.text = text
    name = text
  }
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
