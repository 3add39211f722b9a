public import Probability

/// Thompson sampling in a world that changes of a sudden: only the latest sessions count.
///
///     choose   argmaxₖ pₖ,   pₖ ~ Beta(α + Sₖ, β + Fₖ)
///
/// where `Sₖ` and `Fₖ` are the successes and failures of the arm among the last `W` sessions of the cell.
/// An arm not shown among them is back at its prior, and is looked at again.
///
/// The propensities are those of independent beta draws and exact, as in ``DiscountedThompson``. A
/// choice is O(*K*), to learn O(1) but for the posteriors; memory is O(cells · (*K* + *W*)).
///
/// Reference: Trovò, Paladino, Restelli and Gatti (2020), "Sliding-window Thompson sampling for
/// non-stationary settings", *Journal of Artificial Intelligence Research* 68, 311–364.
public struct SlidingWindowThompson: Policy, Hashable {
  /// The number `W` of sessions of a cell that count.
  public let sessionCount: Int
  /// What is believed of an arm that none of them was shown.
  public let prior: BetaDistribution
  private var evidence: CellTable<WindowedArm>
  /// The latest sessions of each cell.
  private var windows: [Window]

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - prior: The belief about every offer that none of the latest sessions was shown.
  ///   - sessionCount: The number of sessions of a cell that count, at least one.
  public init(
    armCount: Int, cellCount: Int = 1, prior: BetaDistribution = .uniform, sessionCount: Int
  ) {
    precondition(sessionCount > 0, "a window holds a session")
    self.sessionCount = sessionCount
    self.prior = prior
    evidence = CellTable(armCount: armCount, cellCount: cellCount, repeating: WindowedArm())
    windows = Array(repeating: Window(), count: cellCount)
  }

  public var armCount: Int { evidence.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { evidence.cellCount }

  /// The posterior of each arm in a context, by arm index.
  public func posteriors(in context: Context) -> [BetaDistribution] {
    evidence.row(context).map { $0.posterior(prior) }
  }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    GreatestDraw.arm(of: armCount) {
      evidence[$0, context].posterior(prior).draw(using: &rng)
    }
  }

  public func propensities(in context: Context) -> [Double] {
    BetaComparison.probabilitiesOfBest(posteriors(in: context))
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(0 <= reward && reward <= 1, "a reward lies in 0...1")
    let session = Window.Session(arm: arm.index, reward: reward)
    let cell = cellCount == 1 ? 0 : context.cell
    if let oldest = windows[cell].push(session, capacity: sessionCount) {
      evidence[oldest.arm, context].remove(oldest.reward)
    }
    evidence[arm.index, context].add(reward)
  }

  /// What an arm earned within the window.
  private struct WindowedArm: Hashable, Sendable {
    private var count = 0
    private var total = 0.0

    mutating func add(_ reward: Double) {
      count += 1
      total += reward
    }

    /// Takes a reward back; fractions leave some ulps behind, until the arm is empty.
    mutating func remove(_ reward: Double) {
      count -= 1
      total = count > 0 ? min(max(total - reward, 0), Double(count)) : 0
    }

    func posterior(_ prior: BetaDistribution) -> BetaDistribution {
      prior.adding(successes: total, failures: Double(count) - total)
    }
  }

  /// The latest sessions of a cell, in a ring.
  private struct Window: Hashable, Sendable {
    struct Session: Hashable, Sendable {
      let arm: Int
      let reward: Double
    }

    private var sessions: [Session] = []
    /// The place of the oldest, once the ring is full.
    private var oldest = 0

    /// Puts a session in; returns the one that it drives out.
    mutating func push(_ session: Session, capacity: Int) -> Session? {
      guard sessions.count == capacity else {
        sessions.append(session)
        return nil
      }
      let driven = sessions[oldest]
      sessions[oldest] = session
      oldest = oldest + 1 == capacity ? 0 : oldest + 1
      return driven
    }
  }
}
