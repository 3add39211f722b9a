public import Inference
public import Probability

/// The top-two form of a policy that samples: it looks for the best arm, rather than earn on the way.
///
/// A choice asks the base for an arm. With probability `β` that is shown; otherwise the base is
/// asked again until it names another, the challenger. Over a ``ThompsonSampling`` this is top-two
/// Thompson sampling; the rates at which it learns the best arm are optimal if `β` is, and at most
/// twice as slow for ½.
///
///     P(show k) = αₖ (β + (1 − β) Σⱼ≠ₖ αⱼ/(1 − αⱼ)),   αₖ = P(base chooses k)
///
/// So the propensities are as exact as those of the base. Plain Thompson sampling shows the leader with
/// `α → 1` and starves the others of what would settle the matter.
///
/// Reference: Russo (2020), "Simple Bayesian algorithms for best-arm identification", *Operations
/// Research* 68, 1625–1647, algorithm 2.
public struct TopTwo<Base: Policy>: Policy {
  /// The policy that is asked.
  public private(set) var base: Base
  /// The probability `β` of showing the base's first choice.
  public let beta: Double

  /// How often the base is asked for a challenger before one is drawn from the exact law instead.
  ///
  /// Either way the challenger has the same law, so that this is a matter of time alone.
  private static var patience: Int { 64 }

  /// Creates the top-two form of a policy.
  ///
  /// - Parameters:
  ///   - base: The policy, as it is now.
  ///   - beta: The probability of showing its first choice.
  public init(_ base: Base, beta: Double = 0.5) {
    precondition(0 <= beta && beta <= 1, "a probability lies in 0...1")
    self.base = base
    self.beta = beta
  }

  public var armCount: Int { base.armCount }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    let leader = base.choose(in: context, using: &rng)
    if armCount == 1 || rng.uniform() < beta { return leader }
    for _ in 0..<Self.patience {
      let challenger = base.choose(in: context, using: &rng)
      if challenger != leader { return challenger }
    }
    let challengers = challengers(to: leader.index, base.propensities(in: context))
    return ActionTable(cellCount: 1, armCount: armCount, values: challengers)
      .draw(in: Context(), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    let best = base.propensities(in: context)
    if armCount == 1 { return best }
    var shown = best.map { beta * $0 }
    for leader in 0..<armCount where best[leader] > 0 {
      for (arm, chance) in challengers(to: leader, best).enumerated() {
        shown[arm] += (1 - beta) * best[leader] * chance
      }
    }
    return shown
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    base.learn(arm, reward: reward, in: context)
  }

  /// The arm that the base chooses with at least a probability, which should be above ½; nil while there
  /// is none.
  ///
  /// Over Thompson sampling this is the rule to stop at: that arm is best with that posterior
  /// probability. It holds whenever it is looked at, since a posterior does not mind why sampling stopped;
  /// it is no bound on how often a fixed world would mislead it.
  public func verdict(confidence: Double, in context: Context = Context()) -> Arm? {
    precondition(confidence > 0.5 && confidence < 1, "a confidence lies between one half and one")
    return base.propensities(in: context).firstIndex { $0 >= confidence }.map(Arm.init)
  }

  /// The law of the challenger to a leader, `αₖ/(1 − α)`; uniform where the others are too improbable
  /// for a double.
  private func challengers(to leader: Int, _ best: [Double]) -> [Double] {
    // Not 1 − α, which would round.
    var rest = 0.0
    for arm in 0..<armCount where arm != leader { rest += best[arm] }
    return (0..<armCount).map { arm in
      if arm == leader { return 0 }
      return rest > 0 ? best[arm] / rest : 1 / Double(armCount - 1)
    }
  }
}

extension TopTwo: Equatable where Base: Equatable {}
extension TopTwo: Hashable where Base: Hashable {}

extension TopTwo: MaturingPolicy where Base: MaturingPolicy {
  public mutating func learn(asOf tables: [LifeTable]) { base.learn(asOf: tables) }
}
