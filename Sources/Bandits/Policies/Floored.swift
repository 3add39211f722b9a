public import Inference
public import Probability

/// A policy with a floor under the probability of every arm.
///
///     with probability Kf        an arm uniformly at random
///     with probability 1 − Kf    the arm that the base chooses
///
/// Every arm is shown with probability `f` at least, so that a log bounds the weights of any later
/// estimate by `1/f`, and no arm is given up for good.
///
/// ``ThompsonSampling`` has the same floor built in.
public struct Floored<Base: Policy>: Policy {
  /// The policy below which the floor lies.
  public private(set) var base: Base
  /// The least probability `f` of every arm.
  public let floor: Double

  /// Puts a floor, from zero to 1/*K*, under a policy.
  public init(_ base: Base, floor: Double) {
    precondition(0 <= floor && floor * Double(base.armCount) <= 1, "a floor lies in 0...1/K")
    self.base = base
    self.floor = floor
  }

  public var armCount: Int { base.armCount }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    if floor > 0, rng.uniform() < floor * Double(armCount) {
      return Arm(rng.index(below: armCount))
    }
    return base.choose(in: context, using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    let share = 1 - floor * Double(armCount)
    return base.propensities(in: context).map { floor + share * $0 }
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    base.learn(arm, reward: reward, in: context)
  }
}

extension Floored: Equatable where Base: Equatable {}
extension Floored: Hashable where Base: Hashable {}

extension Floored: MaturingPolicy where Base: MaturingPolicy {
  public mutating func learn(asOf tables: [LifeTable]) { base.learn(asOf: tables) }
}
