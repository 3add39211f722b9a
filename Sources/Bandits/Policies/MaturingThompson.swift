public import Inference
public import Probability

/// Thompson sampling for outcomes that take their time: a deflection is not yet a save.
///
/// A session counts as saved once its window has closed without a loss. Of one whose window is open since
/// `a` days, the expected outcome is
///
///     q(a) = Ŝₖ(w) / Ŝₖ(a)
///
/// with `w` the window's length and `Ŝₖ` the Kaplan–Meier estimate of the arm, all its cells together. It
/// adds `q` to the successes and `1 − q` to the failures. In one cell the shares then average to `Ŝₖ(w)`
/// itself: the estimate agrees with what it fills in (Efron's self-consistency).
///
/// What is filled in is not known, so that an arm's sessions count only as many as would make a
/// proportion as sure as `Ŝₖ(w)` is by Greenwood's variance `σ²` of its logarithm:
///
///     nₑ = (1 − Ŝ) / (Ŝσ²)
///
/// Before an arm's first loss that says nothing, and its sessions count by the share of their windows
/// that has been watched. Where no session has been watched to the end of the window, all count less by
/// the share that has been, since `Ŝ` says nothing of the rest.
///
/// Counting open windows as saved favours the arms that lose late, and those shown last. Waiting for them to
/// close learns nothing for as long as a window lasts.
///
/// Given the counts the draws are independent beta variables, and the propensities exact. A choice is
/// O(*K*).
///
/// References: Efron (1967), "The two sample problem with censored data", *Fifth Berkeley Symposium* 4,
/// 831–853; Greenwood (1926). The use in a bandit is this library's own.
public struct MaturingThompson: Policy, Hashable {
  /// The length `w` of the window, in the unit of the life tables.
  public let window: Double
  /// The belief about every arm before any evidence.
  public let prior: BetaDistribution
  /// The outcomes that were learnt one by one.
  private var closed: CellTable<BernoulliEvidence>
  /// What the latest life tables say.
  private var watched: CellTable<BernoulliEvidence>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer at the start.
  ///   - window: The length of the window, in the unit of the life tables.
  public init(
    armCount: Int, cellCount: Int = 1, prior: BetaDistribution = .uniform, window: Double
  ) {
    precondition(window > 0 && window.isFinite, "a window has a length")
    self.window = window
    self.prior = prior
    let nothing = CellTable(
      armCount: armCount, cellCount: cellCount, repeating: BernoulliEvidence())
    (closed, watched) = (nothing, nothing)
  }

  public var armCount: Int { closed.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { closed.cellCount }

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

  /// Learns the outcome of a session whose window is closed, and which is in no life table.
  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    closed[arm.index, context].add(reward)
  }

  /// Learns how all sessions stand today, in place of how they stood before.
  ///
  /// - Parameter tables: For each cell, and in it each arm, how long its sessions were watched: until they were
  ///   lost, until today, or to the end of the window. A policy that ignores the context takes the cells
  ///   of a world, however many, together.
  /// - Complexity: O(*k* log *k*) for *k* distinct times in all tables.
  public mutating func learn(asOf tables: [LifeTable]) {
    precondition(
      tables.count == cellCount * armCount || cellCount == 1 && tables.count % armCount == 0,
      "there is a life table for each cell and arm")
    for arm in 0..<armCount {
      let cells = stride(from: arm, to: tables.count, by: armCount)
        .map { tables[$0].censored(at: window) }
      let whole = LifeTable(merging: cells)
      let maturity = ArmMaturity(whole, window: window)
      for (cell, table) in (cellCount == 1 ? [whole] : cells).enumerated() {
        watched[arm, Context(cell: cell)] = maturity?.evidence(of: table) ?? BernoulliEvidence()
      }
    }
  }

  private func posterior(_ arm: Int, in context: Context) -> BetaDistribution {
    watched[arm, context].posterior(closed[arm, context].posterior(prior))
  }
}

/// How the sessions of an arm ripen.
private struct ArmMaturity {
  private let curve: KaplanMeier
  private let window: Double
  /// By how much each session counts, in 0...1.
  private let weight: Double

  /// Learns the curve from a table censored at the window's end; nil if it has no sessions.
  init?(_ table: LifeTable, window: Double) {
    guard let curve = try? KaplanMeier(table) else { return nil }
    self.curve = curve
    self.window = window
    let count = Double(table.count)
    let watched = min(table.followUp / window, 1)
    guard let last = curve.steps.last else {
      // No loss: each session by the share of its window.
      weight = table.rows.reduce(0) { $0 + $1.time / window * Double($1.censored) } / count
      return
    }
    // Where all are lost the proportion is zero, of all of them.
    let size =
      last.survival > 0 ? (1 - last.survival) / (last.survival * last.logVariance) : count
    weight = min(size / count, 1) * watched
  }

  /// What the sessions of a cell add to the counts.
  func evidence(of table: LifeTable) -> BernoulliEvidence {
    let end = curve.survival(at: window)
    var (saved, lost) = (0.0, 0.0)
    for row in table.rows {
      let chance = row.time < window ? ratio(end, curve.survival(at: row.time)) : 1
      saved += chance * Double(row.censored)
      lost += (1 - chance) * Double(row.censored) + Double(row.events)
    }
    return BernoulliEvidence(successes: weight * saved, failures: weight * lost)
  }

  private func ratio(_ end: Double, _ now: Double) -> Double { now > 0 ? min(end / now, 1) : 0 }
}
