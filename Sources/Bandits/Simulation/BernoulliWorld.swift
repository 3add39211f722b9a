#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// A world whose truth is known: cells that arrive at random, and a saved rate for each offer there.
///
///     cell ~ weights      reward ~ Bernoulli(rate of the cell and arm)
public struct BernoulliWorld: Hashable, Sendable {
  /// The probability that a session saves, by cell and arm.
  public let rates: ActionTable
  /// The share of the sessions that fall in each cell; they sum to 1.
  public let shares: [Double]
  /// The arm of greatest rate in each cell; the first of equals.
  public let bestArms: [Arm]
  /// The shares added up, for drawing a cell.
  private let cumulative: [Double]

  /// Creates a world.
  ///
  /// - Parameters:
  ///   - rates: The probability that a session saves, by cell and arm, in 0...1.
  ///   - weights: How often each cell arrives, in any unit; nil makes cells equally frequent.
  /// - Throws: `rateOutOfRange`, or `invalidWeights` unless they are finite, none below zero and
  ///   one above.
  public init(rates: ActionTable, weights: [Double]? = nil) throws(WorldError) {
    let weights = weights ?? Array(repeating: 1, count: rates.cellCount)
    precondition(weights.count == rates.cellCount, "every cell has a weight")
    try rates.checkRates()
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), total > 0, total.isFinite else {
      throw .invalidWeights
    }
    self.rates = rates
    shares = weights.map { $0 / total }
    var sum = 0.0
    cumulative = shares.map { share in
      sum += share
      return sum
    }
    let best = rates.greedy
    bestArms = (0..<rates.cellCount).map { cell in
      Arm((0..<rates.armCount).first { best[cell, $0] == 1 } ?? 0)
    }
  }

  /// Creates a world of one cell.
  public init(rates: [Double]) throws(WorldError) {
    try self.init(rates: ActionTable(cellCount: 1, armCount: rates.count, values: rates))
  }

  /// The number of cells.
  public var cellCount: Int { rates.cellCount }
  /// The number of arms.
  public var armCount: Int { rates.armCount }

  /// The greatest rate of a cell.
  public func bestRate(in context: Context) -> Double {
    rates[context.cell, bestArms[context.cell].index]
  }

  /// The true value of a policy that chooses with a table of probabilities.
  ///
  ///     V(π) = Σ_c share(c) Σₐ π(a | c) rate(c, a)
  public func value(of target: ActionTable) -> Double {
    zip(shares, target.expectation(of: rates)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The least growth of expected regret per unit of ln t for any policy that learns everywhere.
  ///
  ///     Σ_c Σₐ Δ(c, a) / KL(rate(c, a), best rate of c)      over the arms with Δ > 0
  ///
  /// A cell that arrives in a share of the sessions adds the same slope: ln of its own sessions is
  /// ln t and a constant. Where a best rate is 1 one failure excludes an arm, and the cell adds nothing.
  ///
  /// Reference: Lai and Robbins (1985), *Advances in Applied Mathematics* 6, 4–22, theorem 2.
  public var laiRobbinsSlope: Double {
    var slope = 0.0
    for cell in 0..<cellCount where shares[cell] > 0 {
      let best = bestRate(in: Context(cell: cell))
      for arm in 0..<armCount where rates[cell, arm] < best {
        slope += (best - rates[cell, arm]) / divergence(rates[cell, arm], best)
      }
    }
    return slope
  }

  /// Draws the context of the next session: from one uniform number, or none if there is one cell.
  public func arrival(using rng: inout Philox) -> Context {
    cellCount == 1 ? Context(cell: 0) : cell(at: rng.uniform())
  }

  /// Draws whether a session saves, from one uniform number whatever the arm: two policies in the
  /// same world meet the same customers.
  public func reward(of arm: Arm, in context: Context, using rng: inout Philox) -> Double {
    rng.uniform() < rates[context.cell, arm.index] ? 1 : 0
  }

  /// The cell in whose part of [0, 1) a number lies.
  ///
  /// Where the shares add up to just below 1, the last cell with a share takes the rest.
  private func cell(at uniform: Double) -> Context {
    let cell =
      cumulative.firstIndex { uniform < $0 } ?? shares.lastIndex { $0 > 0 } ?? cellCount - 1
    return Context(cell: cell)
  }
}

/// Why a world cannot be made.
public enum WorldError: Error, Hashable {
  /// A rate does not lie in 0...1.
  case rateOutOfRange(cell: Int, arm: Int, rate: Double)
  /// The weights of the cells are negative, not finite, or all zero.
  case invalidWeights
}

/// The Kullback–Leibler divergence of two Bernoulli distributions, `KL(p, q)`, in nats.
private func divergence(_ p: Double, _ q: Double) -> Double {
  (p > 0 ? p * log(p / q) : 0) + (p < 1 ? (1 - p) * (log1p(-p) - log1p(-q)) : 0)
}
