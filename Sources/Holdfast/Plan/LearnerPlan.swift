public import Bandits
public import Probability

/// A learning policy as a plan names it: which, with which settings, and what its row is called.
///
/// Every policy of `PolicyCatalogue` has a case here, a reader in `LearnerPlan+Reading.swift`, a maker in
/// `LearnerPlan+Policy.swift` and a name in `LearnerPlan+Name.swift`; the compiler asks for all but the
/// reader.
public struct LearnerPlan: Hashable, Sendable {
  /// What the row is called; nil derives a name from the settings.
  public var label: String?
  /// The policy with its own settings.
  public var kind: Kind
  /// Whether each cell learns apart from the others.
  public var learnsByCell: Bool

  /// Names a policy.
  public init(_ kind: Kind, learnsByCell: Bool = false, label: String? = nil) {
    self.kind = kind
    self.learnsByCell = learnsByCell
    self.label = label
  }

  /// A policy of the catalogue, without the number of its arms and cells.
  public indirect enum Kind: Hashable, Sendable {
    /// Every arm with equal probability.
    case uniform
    /// One arm for everybody.
    case fixed(arm: String)
    /// Probabilities by cell and arm.
    case table(TableShares)
    /// The arm of greatest mean, but for a share `ε` of the sessions.
    case epsilonGreedy(epsilon: Double)
    /// Beta posteriors of saved rates.
    case thompson(prior: BetaDistribution)
    /// Normal or Student's posteriors of mean rewards.
    case gaussianThompson(GaussianThompson.Prior)
    /// Gamma posteriors of mean counts.
    case gammaPoissonThompson(prior: GammaDistribution)
    /// The first choice of another policy with probability `β`, else its next.
    case topTwo(LearnerPlan, beta: Double)
    /// Beta posteriors that forget at a rate.
    case discountedThompson(prior: BetaDistribution, discount: Double)
    /// Beta posteriors of the latest sessions.
    case slidingWindowThompson(prior: BetaDistribution, sessionCount: Int)
    /// Beta posteriors whose priors are fitted to all cells.
    case hierarchicalThompson(prior: BetaDistribution, sessionsPerFit: Int)
    /// Beta posteriors that learn from windows which are still open.
    case maturingThompson(prior: BetaDistribution)
    /// Beta posteriors of margins under a budget.
    case budgetedThompson(BudgetTerms)
    /// Bayesian linear regressions on the levels that make the cells.
    case linearThompson(mean: Double, variance: Double, noise: LinearThompson.Noise)
    /// Bayesian logistic regressions on the levels that make the cells.
    case logisticThompson(variance: Double, refitGrowth: Double)
    /// The same with coefficients taken to be independent.
    case diagonalLogisticThompson(variance: Double, batchSize: Int)
    /// Upper bounds of linear regressions on the levels that make the cells.
    case linUCB(alpha: Double, ridge: Double)
    /// Upper bounds by the multiplicative form of Chernoff's bound.
    case chernoffUCB
    /// Upper bounds by Hoeffding's inequality.
    case ucb1
    /// Upper bounds by the Kullback–Leibler divergence.
    case klUCB
    /// Probabilities by the exponential of the means.
    case softmax(temperature: Double, initialMean: Double)
    /// A test of every arm, then the best of it.
    case exploreThenCommit(sessionsPerArm: Int)
    /// Another policy with a least probability for every arm; nil is 0.05/*K*.
    case floored(LearnerPlan, floor: Double?)
  }

  /// The terms of an experiment with a budget; what is nil comes from the setting.
  public struct BudgetTerms: Hashable, Sendable {
    /// The belief about every offer at the start.
    public var prior = BetaDistribution.uniform
    /// The margin of a session saved under each arm, before its discount.
    public var margins: ArmAmounts?
    /// The discount that a session saved under each arm costs.
    public var costs: ArmAmounts?
    /// The most that all discounts may cost.
    public var budget: Double?
    /// The number of sessions that the budget is for.
    public var sessions: Int?
    /// The number of sessions that can be shown before the first of them is learnt.
    public var openSessions: Int?
    /// The step of the multiplier.
    public var step = 0.02

    /// Leaves all to the setting.
    public init() {}
  }

  /// Probabilities of a policy that does not learn, by the names of arms and cells.
  public struct TableShares: Hashable, Sendable {
    /// The probabilities of arms for each cell named; the cell "" stands for every session.
    public var cells: [String: [String: Double]]

    /// Takes the probabilities.
    public init(cells: [String: [String: Double]]) { self.cells = cells }
  }
}
