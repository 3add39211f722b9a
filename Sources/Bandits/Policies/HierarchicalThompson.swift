internal import Inference
public import Probability

/// Thompson sampling whose cells learn from one another: each arm has one prior for all its cells.
///
/// Cells may be segments, reasons to cancel, or both. An offer's saved rates there are alike, more or less:
///
///     p_ck ~ Beta(aₖ, bₖ)      x_ck | p_ck ~ Binomial(n_ck, p_ck)      p_ck | x ~ Beta(aₖ + x_ck, bₖ + n_ck − x_ck)
///
/// `(aₖ, bₖ)` is fitted to the cells of the arm by their marginal likelihood, again and again as sessions come
/// in. A cell seen for the first time starts from what the others have taught; one with many sessions
/// hardly minds them. The prior of a cell never counts for more than the sessions of the others, so that
/// its own count but once. Before two cells of an arm have sessions that ended differently, the prior is
/// the one given.
///
/// Given the fitted priors the draws are independent, so that the propensities are exact. The error of the
/// priors themselves is left out, as empirical Bayes does. A choice is O(*K*); a fit is
/// O(cells · *K*) for each of some hundred steps.
///
/// Reference: Skellam (1948), *Journal of the Royal Statistical Society B* 10, 257–261, for the fit;
/// Hong, Kveton, Zaheer and Ghavamzadeh (2022), "Hierarchical Bayesian bandits", *AISTATS*, for the gain.
public struct HierarchicalThompson: Policy, Hashable {
  /// The prior before there is anything to fit one to.
  public let prior: BetaDistribution
  /// The number of sessions, of all cells, after which the priors are fitted again.
  public let sessionsPerFit: Int
  private var tallies: CellTable<Tally>
  private var sessions = 0
  /// The prior of each cell and arm.
  private var priors: CellTable<BetaDistribution>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells.
  ///   - prior: The belief about every offer before there is anything to fit one to.
  ///   - sessionsPerFit: The number of sessions after which the priors are fitted again.
  public init(
    armCount: Int, cellCount: Int, prior: BetaDistribution = .uniform, sessionsPerFit: Int = 50
  ) {
    precondition(sessionsPerFit > 0, "there is a session between fits")
    self.prior = prior
    self.sessionsPerFit = sessionsPerFit
    tallies = CellTable(armCount: armCount, cellCount: cellCount, repeating: Tally())
    priors = CellTable(armCount: armCount, cellCount: cellCount, repeating: prior)
  }

  public var armCount: Int { tallies.armCount }
  /// The number of cells.
  public var cellCount: Int { tallies.cellCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    (0..<armCount).map { posterior($0, in: context) }
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) { posterior($0, in: context).draw(using: &rng) }
  }

  public func propensities(in context: Context) -> [Double] {
    BetaComparison.probabilitiesOfBest(posteriors(in: context))
  }

  /// Learns whether a session was saved: a reward of 0 or 1.
  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward == 0 || reward == 1, "a session is saved or not")
    tallies[arm.index, context].add(success: reward == 1)
    sessions += 1
    if sessions % sessionsPerFit == 0 { fit() }
  }

  /// Fits the prior of each arm to its cells; one that cannot be fitted stays as it is.
  private mutating func fit() {
    for arm in 0..<armCount {
      let cells = (0..<cellCount).map { tallies[arm, Context(cell: $0)] }
      guard let fitted = (try? BetaBinomialShrinkage(cells))?.prior else { continue }
      let size = fitted.alpha + fitted.beta
      let all = cells.reduce(0) { $0 + $1.trials }
      for (cell, own) in cells.enumerated() where own.trials < all {
        // No more than the others' sessions, so that a cell's own are not counted again.
        let share = min(1, Double(all - own.trials) / size)
        priors[arm, Context(cell: cell)] = BetaDistribution(
          alpha: fitted.alpha * share, beta: fitted.beta * share)
      }
    }
  }

  private func posterior(_ arm: Int, in context: Context) -> BetaDistribution {
    let own = tallies[arm, context]
    return priors[arm, context].adding(
      successes: Double(own.successes), failures: Double(own.failures))
  }
}
