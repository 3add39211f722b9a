/// A world of cancelling customers with known truth: rates that may drift, outcomes that take days, offers
/// that cost and a budget that ends.
///
/// Each of these is optional; without any the world is its ``BernoulliWorld``. Cells may stand for
/// segments × reasons: ``crossing(segments:reasons:armCount:rate:)``.
public struct RetentionWorld: Hashable, Sendable {
  /// The cells, their shares and the rates at the start.
  public let start: BernoulliWorld
  /// How the rates change; nil keeps them.
  public var drift: RateDrift?
  /// When outcomes are known; nil leaves that to the simulation's `delay`.
  public var timing: OutcomeTiming?
  /// What offers cost; nil is nothing.
  public var costs: OfferCosts?
  /// What may be spent in all. A hard cap: an offer that could break it is replaced by the cheapest.
  public var budget: Double?

  /// Creates a world in which nothing changes, waits or costs.
  public init(_ start: BernoulliWorld) { self.start = start }

  /// The number of cells.
  public var cellCount: Int { start.cellCount }
  /// The number of arms.
  public var armCount: Int { start.armCount }

  /// The true rate of an arm in a context at a time from 1.
  @inline(__always)
  public func rate(of arm: Arm, in context: Context, at time: Int) -> Double {
    let rate = start.rates[context.cell, arm.index]
    guard let drift else { return rate }
    let weight = drift.weight(at: time)
    return (1 - weight) * rate + weight * drift.target[context.cell, arm.index]
  }

  /// The arm of greatest rate in a context at a time; the first of equals.
  public func bestArm(in context: Context, at time: Int) -> Arm {
    guard drift != nil else { return start.bestArms[context.cell] }
    var best = (arm: 0, rate: -Double.infinity)
    for arm in 0..<armCount {
      let rate = rate(of: Arm(arm), in: context, at: time)
      if rate > best.rate { best = (arm, rate) }
    }
    return Arm(best.arm)
  }

  /// The arm that is shown where a policy asks for one: the same, or the cheapest if the budget does not
  /// surely allow it.
  @inline(__always)
  func affordable(_ arm: Arm, spent: Double) -> Arm {
    guard let budget, let costs, spent + costs.cost(of: arm, reward: 1) > budget else {
      return arm
    }
    return costs.cheapest
  }
}

extension RetentionWorld {
  /// Creates a world whose cells are the pairs of a segment and a reason, which arrive independently.
  ///
  /// The cell of a pair is `segment · reasons.count + reason`.
  ///
  /// - Parameters:
  ///   - segments: How often each segment arrives, in any unit.
  ///   - reasons: How often each reason is given, in any unit.
  ///   - armCount: The number of arms.
  ///   - rate: The saved rate of a segment, a reason and an arm.
  /// - Returns: A world in which nothing changes, waits or costs.
  /// - Throws: What ``BernoulliWorld`` throws.
  public static func crossing(
    segments: [Double], reasons: [Double], armCount: Int,
    rate: (_ segment: Int, _ reason: Int, _ arm: Int) -> Double
  ) throws(WorldError) -> RetentionWorld {
    var (weights, rates): ([Double], [Double]) = ([], [])
    for segment in segments.indices {
      for reason in reasons.indices {
        weights.append(segments[segment] * reasons[reason])
        for arm in 0..<armCount { rates.append(rate(segment, reason, arm)) }
      }
    }
    return RetentionWorld(
      try BernoulliWorld(
        rates: ActionTable(cellCount: weights.count, armCount: armCount, values: rates),
        weights: weights))
  }
}
