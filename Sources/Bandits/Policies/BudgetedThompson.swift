public import Probability

/// Thompson sampling for the greatest net margin under a cap on what the discounts may cost.
///
/// An offer that saves a session keeps its margin `mₖ` and costs its discount `cₖ`, also where the customer
/// would have stayed without it. The policy shows the arm of the greatest draw of what a session brings,
/// each unit of discount charged at `1 + λ`:
///
///     argmaxₖ pₖ (mₖ − (1 + λ) cₖ),   pₖ ~ Beta(αₖ, βₖ)
///
/// `λ` is the multiplier of the cap in the knapsack's Lagrangian, the worth of a unit of budget above its own. It
/// climbs and falls with every session that is learnt, by dual ascent:
///
///     λ ← max(0, λ + η (cost − (B − spent)/(T − t)) / max c)
///
/// so that the spend of a session tends to what is left of the budget `B` for each of the `T − t` sessions left.
/// Two arms between which the best mixture lies are then shown in turns.
///
/// The cap is hard: an arm is shown only while the budget covers it. If several sessions are shown before
/// their outcomes are learnt, `openSessions` of them are set aside for. One arm at least costs nothing.
///
/// Given `λ` the draws are independent, and the propensities exact, by quadrature. A choice is O(*K*).
///
/// References: Agrawal and Devanur (2014), "Bandits with concave rewards and convex knapsacks", *EC*,
/// for the dual; Badanidiyuru, Kleinberg and Slivkins (2018), *Journal of the ACM* 65, 13, for the knapsack.
public struct BudgetedThompson: Policy, Hashable {
  /// The terms of the experiment.
  public struct Terms: Hashable, Sendable {
    /// The margin of a session saved under each arm, before its discount, in money.
    public var margins: [Double]
    /// The discount that a session saved under each arm costs, in money; one at least is zero.
    public var costs: [Double]
    /// The most that all discounts together may cost, `B`.
    public var budget: Double
    /// The number of sessions `T` that the budget is for.
    public var sessions: Int
    /// The number of sessions that can be shown before the first of them is learnt, at least one.
    public var openSessions = 1
    /// The step `η` of the multiplier.
    public var step = 0.02

    /// Names the terms; how many sessions are open at once, and the step, have defaults.
    public init(margins: [Double], costs: [Double], budget: Double, sessions: Int) {
      self.margins = margins
      self.costs = costs
      self.budget = budget
      self.sessions = sessions
    }
  }

  /// The terms of the experiment.
  public let terms: Terms
  /// The multiplier `λ`, without a unit.
  public private(set) var multiplier = 0.0
  /// What the discounts have cost so far, in money.
  public private(set) var spent = 0.0
  private var learnt = 0
  private var posteriors: CellTable<BetaDistribution>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - terms: Margins and costs by arm index, and the budget.
  ///   - cellCount: The number of cells that learn apart; the budget is for all of them together.
  ///   - prior: The belief about every offer's saved rate at the start.
  public init(_ terms: Terms, cellCount: Int = 1, prior: BetaDistribution = .uniform) {
    precondition(terms.margins.count == terms.costs.count, "every arm has a margin and a cost")
    precondition(
      terms.margins.allSatisfy { $0 > 0 && $0.isFinite }, "a margin is positive and finite")
    precondition(
      terms.costs.allSatisfy { $0 >= 0 && $0.isFinite }, "a cost is finite, not negative")
    precondition(terms.costs.contains(0), "one arm costs nothing")
    precondition(terms.budget >= 0 && terms.budget.isFinite, "a budget is finite, not negative")
    precondition(terms.sessions > 0 && terms.openSessions > 0, "a budget is for a session")
    precondition(terms.step > 0 && terms.step.isFinite, "a step is positive")
    self.terms = terms
    posteriors = CellTable(
      armCount: terms.margins.count, cellCount: cellCount, repeating: prior)
  }

  public var armCount: Int { posteriors.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { posteriors.cellCount }

  /// The posterior of each arm's saved rate in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    Array(posteriors.row(context))
  }

  /// What a session saved under an arm brings, `mₖ − (1 + λ) cₖ`; nil if the arm is not to be shown.
  ///
  /// One that brings nothing is never shown, since an arm without a cost always brings something.
  public func price(of arm: Arm) -> Double? {
    let (margin, cost) = (terms.margins[arm.index], terms.costs[arm.index])
    let price = margin - (1 + multiplier) * cost
    let isAffordable = cost == 0 || spent + reserve + cost <= terms.budget
    return price > 0 && isAffordable ? price : nil
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) { arm in
      guard let price = price(of: Arm(arm)) else { return -.infinity }
      return price * posteriors[arm, context].draw(using: &rng)
    }
  }

  public func propensities(in context: Context) -> [Double] {
    let shown = (0..<armCount).compactMap { arm in price(of: Arm(arm)).map { (arm, $0) } }
    let laws = shown.map { arm, price in
      IndependentLaw(posteriors[arm, context], scale: price)
    }
    var propensities = Array(repeating: 0.0, count: armCount)
    for ((arm, _), probability) in zip(shown, GreatestDraw.probabilities(laws)) {
      propensities[arm] = probability
    }
    return propensities
  }

  /// Learns whether a session was saved: a reward of 0 or 1.
  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    posteriors[arm.index, context] = posteriors[arm.index, context].adding(
      successes: reward, failures: 1 - reward)
    let cost = terms.costs[arm.index] * reward
    let left = Double(max(terms.sessions - learnt, 1))
    let allowance = max(terms.budget - spent, 0) / left
    spent += cost
    learnt += 1
    guard let greatest = terms.costs.max(), greatest > 0 else { return }
    multiplier = max(0, multiplier + terms.step * (cost - allowance) / greatest)
  }

  /// What the sessions that are open besides the next one may cost at most.
  private var reserve: Double { Double(terms.openSessions - 1) * (terms.costs.max() ?? 0) }
}
