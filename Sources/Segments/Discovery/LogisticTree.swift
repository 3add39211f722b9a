internal import LinearAlgebra

/// A logistic regression in every leaf of a tree: model-based recursive partitioning.
///
/// 1. Fit the regression to the sessions of a node.
/// 2. Test whether its coefficients change along any covariate; stop if none does at the level,
///    adjusted for the number of covariates.
/// 3. Part the sessions by the covariate of the least p-value, where the two regressions have the
///    greatest likelihood together, and go on with either side.
///
/// The tree was chosen by its own sessions: its coefficients describe them and are no honest
/// estimates of an effect; ``HonestTree`` measures on others.
///
/// References: Zeileis, Hothorn and Hornik (2008), *Journal of Computational and Graphical
/// Statistics* 17, 492–514; partykit's `glmtree`.
public struct LogisticTree: Hashable, Sendable {
  /// A part of the sessions.
  public indirect enum Node: Hashable, Sendable {
    /// A regression that no covariate changes.
    case leaf(Leaf)
    /// A question, and what speaks for it.
    case split(Split, holds: Node, otherwise: Node)
  }

  /// The regression of some sessions.
  public struct Leaf: Hashable, Sendable {
    /// The fit; the first coefficient is the intercept.
    public let fit: LogisticFit
    /// The number of sessions.
    public let sessions: Int
    /// The tests of its covariates; empty where the tree may not grow.
    public let tests: [FluctuationTest]
  }

  /// A question.
  public struct Split: Hashable, Sendable {
    /// What is asked.
    public let condition: Condition
    /// For a number, the greatest value that meets the condition: `x ≤` it says the same.
    public let greatestBelow: Double?
    /// The tests of all covariates.
    public let tests: [FluctuationTest]
    /// Their p-values adjusted for each other.
    public let adjustedPValues: [Double?]
  }

  /// The first question, or the only regression.
  public let root: Node

  /// Grows a tree.
  ///
  /// - Parameters:
  ///   - outcomes: The outcome of each session, 0 or 1.
  ///   - regressors: The columns of the regression beside its intercept.
  ///   - covariates: What sessions may be parted by.
  ///   - settings: How the tree grows.
  /// - Throws: ``FitError`` if the regression of all sessions has no maximum; a part whose
  ///   regression has none is not split off.
  /// - Complexity: Two fits for each distinct value of the covariate that is split.
  public init(
    outcomes: [Double], regressors: [[Double]], by covariates: [Covariate],
    _ settings: ModelTreeSettings = ModelTreeSettings()
  ) throws(FitError) {
    settings.check()
    precondition(
      regressors.allSatisfy { $0.count == outcomes.count }
        && covariates.allSatisfy { $0.count == outcomes.count }, "columns have one length")
    let columns = [outcomes.map { _ in 1.0 }] + regressors
    let growth = Growth(
      outcomes: outcomes, columns: columns, covariates: covariates, settings: settings)
    let rows = Array(outcomes.indices)
    guard let fit = try growth.fit(rows) else { throw .nothingToTest }
    root = growth.node(rows, fit, depth: 0)
  }

  /// The leaves from left to right, each with the way to it.
  public var leaves: [(path: TreePath, leaf: Leaf)] { Self.leaves(root, .root) }

  /// The log-likelihood of all leaves together, in nats.
  public var logLikelihood: Double { leaves.reduce(0) { $0 + $1.leaf.fit.logLikelihood } }

  private static func leaves(
    _ node: Node, _ path: TreePath
  ) -> [(path: TreePath, leaf: Leaf)] {
    switch node {
    case .leaf(let leaf): [(path, leaf)]
    case .split(let split, let holds, let otherwise):
      leaves(holds, path.adding(split.condition, holds: true))
        + leaves(otherwise, path.adding(split.condition, holds: false))
    }
  }
}

/// The growing of a tree.
private struct Growth {
  let outcomes: [Double]
  let columns: [[Double]]
  let covariates: [Covariate]
  let settings: ModelTreeSettings

  private var minimumSessions: Int { settings.minimumSessions ?? 10 * columns.count }

  /// The regression of some sessions; nil if it does not converge.
  func fit(_ rows: [Int]) throws(FitError) -> LogisticFit? {
    let fit = try NewtonSolver().fit(design(rows), rows.map { outcomes[$0] })
    return fit.status == .converged ? fit : nil
  }

  func node(_ rows: [Int], _ fit: LogisticFit, depth: Int) -> LogisticTree.Node {
    guard depth < settings.depthLimit, rows.count >= 2 * minimumSessions else {
      return .leaf(LogisticTree.Leaf(fit: fit, sessions: rows.count, tests: []))
    }
    let own = covariates.map { $0.subset(rows) }
    let (tests, adjusted) = settings.tests(scores(rows, fit), width: columns.count, own)
    let leaf = LogisticTree.Node.leaf(
      LogisticTree.Leaf(fit: fit, sessions: rows.count, tests: tests))
    // Of equal p-values the greater statistic, then the first covariate.
    let order = adjusted.indices.filter { adjusted[$0] != nil }.sorted {
      (adjusted[$0] ?? 1, -tests[$0].statistic, $0)
        < (adjusted[$1] ?? 1, -tests[$1].statistic, $1)
    }
    guard let chosen = order.first, let p = adjusted[chosen], p <= settings.alpha else {
      return leaf
    }
    var best: (point: SplitPoints.Point, holds: LogisticFit, otherwise: LogisticFit)?
    var greatest = -Double.infinity
    for point in SplitPoints.of(own[chosen], minimumSessions: minimumSessions) {
      let inside = rows.indices.filter { point.holds[$0] }.map { rows[$0] }
      let outside = rows.indices.filter { !point.holds[$0] }.map { rows[$0] }
      guard let holds = try? self.fit(inside), let otherwise = try? self.fit(outside) else {
        continue
      }
      if holds.logLikelihood + otherwise.logLikelihood > greatest {
        greatest = holds.logLikelihood + otherwise.logLikelihood
        best = (point, holds, otherwise)
      }
    }
    guard let best else { return leaf }
    let inside = rows.indices.filter { best.point.holds[$0] }.map { rows[$0] }
    let outside = rows.indices.filter { !best.point.holds[$0] }.map { rows[$0] }
    return .split(
      LogisticTree.Split(
        condition: best.point.condition, greatestBelow: best.point.greatestBelow, tests: tests,
        adjustedPValues: adjusted),
      holds: node(inside, best.holds, depth: depth + 1),
      otherwise: node(outside, best.otherwise, depth: depth + 1))
  }

  private func design(_ rows: [Int]) -> DenseMatrix {
    DenseMatrix(columns: columns.map { column in rows.map { column[$0] } })
  }

  /// The scores `xᵢ(yᵢ − μᵢ)`, session after session.
  private func scores(_ rows: [Int], _ fit: LogisticFit) -> [Double] {
    let x = design(rows)
    guard let likelihood = try? LogisticLikelihood(rows.map { outcomes[$0] }) else { return [] }
    let residuals = likelihood.residuals(of: x, at: fit.coefficients)
    return rows.indices.flatMap { index in
      columns.map { $0[rows[index]] * residuals[index] }
    }
  }
}
