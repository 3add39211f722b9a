/// The search for the shallow tree whose arms have the greatest mean score.
///
///     maximise  (1/n) Σᵢ Γᵢ,π(xᵢ)    over trees π of a depth
///
/// The answer is exact at depths one and two, and at three where the work allows: no tree of the
/// depth over the same cuts is worth more on these sessions. That makes its own value there too
/// good to be true; ``PolicyValidation`` says what it is worth on others.
///
/// References: Zhou, Athey and Wager (2023), *Operations Research* 71, 148–183, for the problem;
/// Sverdrup, Kanodia, Zhou, Athey and Wager (2020), *JOSS* 5(50), 2232, for the peer.
public struct PolicyTreeSearch: Hashable, Sendable {
  /// The number of questions on the longest way, one to three.
  public var depth = 2
  /// The number of cuts of a number: all between distinct values if there are no more, else as many
  /// quantiles.
  public var cutLimit = 63
  /// The sessions that a leaf needs.
  public var minimumSessions = 1
  /// The additions above which depth three is not searched through: the first question is then that
  /// of the best tree of depth two, and the trees under it are the best.
  public var workLimit = 4e9

  /// Creates a search with the default settings.
  public init() {}

  /// What was found.
  public struct Optimum: Hashable, Sendable {
    /// The tree.
    public let tree: PolicyTree
    /// Its mean score on the sessions that it was found on.
    public let value: Double
    /// Whether no tree over these cuts has a greater value.
    public let isExact: Bool
    /// The number of distinct patterns of covariates.
    public let cellCount: Int
    /// The number of different questions.
    public let testCount: Int
    /// The numbers that were cut at quantiles, not between all their values.
    public let binnedCovariates: [String]
  }

  /// Finds the tree.
  ///
  /// - Parameters:
  ///   - data: The sessions; only their covariates count.
  ///   - scores: A score for each session and arm.
  /// - Returns: The tree, and what it was chosen from.
  /// - Throws: `lengthMismatch`, or `tooFewSessions` for a log without sessions.
  /// - Complexity: O(*nk* + *k²*(*MK* + *T²K*)) at depth two, for *k* covariates of *T* cuts, *M*
  ///   cells and *K* arms.
  public func run(_ data: SegmentData, _ scores: ActionScores) throws(SegmentError) -> Optimum {
    precondition((1...3).contains(depth), "a shallow tree asks one to three questions")
    precondition(cutLimit > 0 && minimumSessions > 0, "a tree needs cuts and sessions")
    guard scores.sessionCount == data.arms.count else {
      throw .lengthMismatch(
        column: "scores", count: scores.sessionCount, sessions: data.arms.count)
    }
    guard scores.sessionCount > 0 else { throw .tooFewSessions(count: 0, needed: 1) }
    let axes = data.covariates.map { SplitAxis($0, cutLimit: cutLimit) }
    let cells = ScoredCells(axes, scores)
    let optimizer = TreeOptimizer(cells, axes, minimumSessions: minimumSessions)
    let isExact = optimizer.work(depth: depth) <= workLimit || depth < 3
    let plan =
      isExact ? optimizer.best(depth: depth) : optimizer.bestWithLookahead(depth: depth)
    return Optimum(
      tree: PolicyTree(root: Self.node(plan, axes), armNames: scores.armNames),
      value: plan.value / Double(scores.sessionCount), isExact: isExact, cellCount: cells.count,
      testCount: optimizer.testCount,
      binnedCovariates: data.covariates.indices.filter { axes[$0].isBinned }
        .map { data.covariates[$0].name })
  }

  private static func node(_ plan: TreePlan, _ axes: [SplitAxis]) -> PolicyTree.Node {
    switch plan {
    case .leaf(let arm, _, _): .leaf(arm: arm)
    case .split(let axis, let test, let holds, let otherwise):
      .split(
        axes[axis].tests[test].condition, holds: node(holds, axes),
        otherwise: node(otherwise, axes))
    }
  }
}
