public import Bandits

/// A world with the names of its arms and cells, and where they come from.
public struct NamedWorld: Hashable, Sendable {
  /// The names of the arms, by index.
  public var arms: [String]
  /// The names of the cells, by index.
  public var cells: [String]
  /// How often cells arrive, and the rates at the start.
  public var world: BernoulliWorld
  /// The level of each cell in each of the factors that make the cells; nil where the cell is the one factor.
  public var cellLevels: [[Int]]?
  /// The length of the window, in days.
  public var windowDays: Int
  /// What the world rests on, in words.
  public var source: String

  /// Names the arms and cells of a world.
  public init(
    _ world: BernoulliWorld, arms: [String], cells: [String], windowDays: Int = 30, source: String
  ) {
    precondition(
      arms.count == world.armCount && cells.count == world.cellCount,
      "every arm and cell has a name")
    self.world = world
    self.arms = arms
    self.cells = cells
    self.windowDays = windowDays
    self.source = source
  }

  /// The world of cancelling customers that a file describes: its cells are reasons × plans.
  ///
  /// - Throws: What `BernoulliWorld` throws.
  public init(_ world: CancelWorld) throws(WorldError) {
    let truth = CancelTruth(world)
    self.init(
      try truth.bandit, arms: world.arms.map(world.name), cells: truth.cells.map(\.name),
      windowDays: world.windowDays, source: "a world of known effects")
    cellLevels = [truth.cells.map(\.reason), truth.cells.map(\.plan)]
  }

  /// The worth of each arm for everybody: its mean rate over the cells.
  var armValues: [Double] {
    arms.indices.map { arm in
      world.value(
        of: ActionTable(
          of: FixedPolicy(Arm(arm), armCount: arms.count), cellCount: cells.count))
    }
  }

  /// The first arm of greatest worth for everybody.
  var bestArm: Arm {
    let values = armValues
    return Arm(values.firstIndex(of: values.reduce(-Double.infinity, max)) ?? 0)
  }
}
