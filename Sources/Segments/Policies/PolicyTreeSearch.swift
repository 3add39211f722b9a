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
  /// quantiles. Nil for all as long as the work limit allows, else 63.
  public var cutLimit: Int?
  /// The sessions that a leaf needs.
  public var minimumSessions = 1
  /// The additions above which numbers are cut at quantiles, and above which depth three is not
  /// searched through: the first question is then that of the best tree of depth two, and the trees
  /// under it are the best.
  public var workLimit = 4e9
  /// The quantiles of a number where all its values are too many.
  private static let quantiles = 63

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
    precondition(cutLimit ?? 1 > 0 && minimumSessions > 0, "a tree needs cuts and sessions")
    guard scores.sessionCount == data.arms.count else {
      throw .lengthMismatch(
        column: "scores", count: scores.sessionCount, sessions: data.arms.count)
    }
    guard scores.sessionCount > 0 else { throw .tooFewSessions(count: 0, needed: 1) }
    var axes = data.covariates.map { SplitAxis($0, cutLimit: cutLimit ?? .max - 1) }
    if cutLimit == nil, isTooMuch(axes, scores) {
      axes = data.covariates.map { SplitAxis($0, cutLimit: Self.quantiles) }
    }
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

  /// Whether all cuts of all numbers are too many to search through, or a table of two to hold.
  private func isTooMuch(_ axes: [SplitAxis], _ scores: ActionScores) -> Bool {
    guard axes.contains(where: { $0.tests.count > Self.quantiles }) else { return false }
    let widest = Double(axes.map(\.codeCount).max() ?? 0) + 1
    let tableLimit = Double(1 << 24)
    return widest * widest * Double(scores.armCount + 1) > tableLimit
      || TreeOptimizer.work(
        axes, cells: scores.sessionCount, channels: scores.armCount + 1, depth: depth)
        > workLimit
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
