import Bandits
import Probability

/// A log of a world with known truth, made by a policy that chooses with a table.
func syntheticLog(
  of world: BernoulliWorld, by logging: ActionTable, sessions: Int, seed: UInt64, index: UInt64 = 0
) throws -> DecisionLog {
  var customers = Philox(StreamKey(seed: seed, purpose: .world, index: index))
  var choices = Philox(StreamKey(seed: seed, purpose: .policy, index: index))
  let policy = try TablePolicy(logging)
  var arms: [Int32] = []
  var rewards: [Double] = []
  var propensities: [Double] = []
  var cells: [Int32] = []
  for _ in 0..<sessions {
    let context = world.arrival(using: &customers)
    let arm = policy.choose(in: context, using: &choices)
    arms.append(Int32(arm.index))
    rewards.append(world.reward(of: arm, in: context, using: &customers))
    propensities.append(logging[context.cell, arm.index])
    cells.append(Int32(context.cell))
  }
  return try DecisionLog(
    arms: arms, rewards: rewards, propensities: propensities, cells: cells,
    armCount: world.armCount, cellCount: world.cellCount)
}

/// Every arm of every cell equally often.
func uniformTable(cells: Int, arms: Int) -> ActionTable {
  ActionTable(of: UniformPolicy(armCount: arms), cellCount: cells)
}
