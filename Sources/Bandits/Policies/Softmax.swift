#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// The policy that shows better offers more often, by Boltzmann's law.
///
///     πₖ = exp(x̄ₖ/τ) / Σⱼ exp(x̄ⱼ/τ)
///
/// `x̄ₖ` is the mean reward of an arm, `τ` the temperature in the unit of the rewards: at a small one the
/// best arm is shown nearly always, at a great one all alike. An arm without a reward counts as if
/// its mean were `initialMean`. Each cell learns by itself. The temperature does not fall with time, so
/// that regret grows in proportion to it: in return every propensity is known in closed form, and
/// above zero.
///
/// References: Sutton and Barto (2018), *Reinforcement Learning*, second edition, section 2.8;
/// Cesa-Bianchi et al. (2017), *NIPS* 30, for what no temperature can do.
public struct Softmax: Policy, Hashable {
  /// The temperature `τ`, in the unit of the rewards.
  public let temperature: Double
  /// The mean that an arm without a reward is taken to have.
  public let initialMean: Double
  private var seen: CellTable<RewardSum>

  /// Creates a policy that has seen no session.
  ///
  /// - Parameters:
  ///   - armCount: The number of offers, at least one.
  ///   - cellCount: The number of cells that learn apart; one ignores the context.
  ///   - temperature: The temperature, positive.
  ///   - initialMean: The mean that an arm without a reward is taken to have.
  public init(
    armCount: Int, cellCount: Int = 1, temperature: Double, initialMean: Double = 0
  ) {
    precondition(temperature > 0 && temperature.isFinite, "a temperature is positive and finite")
    precondition(initialMean.isFinite, "a mean is finite")
    self.temperature = temperature
    self.initialMean = initialMean
    seen = CellTable(armCount: armCount, cellCount: cellCount, repeating: RewardSum())
  }

  public var armCount: Int { seen.armCount }
  /// The number of cells that learn apart from one another.
  public var cellCount: Int { seen.cellCount }

  public func choose(in context: Context, using rng: inout Philox) -> Arm {
    ActionTable(cellCount: 1, armCount: armCount, values: propensities(in: context))
      .draw(in: Context(), using: &rng)
  }

  public func propensities(in context: Context) -> [Double] {
    let means = seen.row(context).map { $0.mean ?? initialMean }
    let greatest = GreatestValue(of: means).value
    // Relative to the greatest, no power overflows.
    let powers = means.map { exp(($0 - greatest) / temperature) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  public mutating func learn(_ arm: Arm, reward: Double, in context: Context) {
    precondition(reward.isFinite, "a reward is a number")
    seen[arm.index, context].add(reward)
  }
}
