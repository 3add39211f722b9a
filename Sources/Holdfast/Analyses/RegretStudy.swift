internal import Bandits
internal import Inference

/// Lets the policies of the catalogue learn in a world with known truth, and counts their regret.
public struct RegretStudy: Sendable {
  private let world: CancelWorld
  /// The number of sessions of each replication.
  public var horizon = 10_000
  /// The number of replications.
  public var replications = 100
  /// The number of sessions after which a policy learns.
  public var batchSize = 1
  /// The number of later sessions after which an outcome is known.
  public var delay = 0
  /// The seed of every random draw.
  public var seed: UInt64 = 1
  /// The number of threads; no result depends on it.
  public var threads = 2

  /// Prepares a study of a world.
  public init(_ world: CancelWorld) { self.world = world }

  /// One policy at one time.
  public struct Row: FlatRow, Hashable {
    public let policy: String
    public let sessions: Int
    public let regret: Double
    public let regretError: Double?
    public let saved: Double
    public let optimalShare: Double

    public static let columns: [Column<Row>] = [
      Column("policy") { .init($0.policy) }, Column("sessions") { .init($0.sessions) },
      Column("regret") { .init($0.regret) },
      Column("regret_standard_error") { .init($0.regretError) },
      Column("saved") { .init($0.saved) }, Column("optimal_share") { .init($0.optimalShare) },
    ]
  }

  /// The rows of every policy, at ten times each.
  ///
  /// - Throws: `WorldError` if a rate of the world is no probability.
  public func run(_ watch: (String, Double) -> Void = { _, _ in }) async throws -> [Row] {
    let bandit = try CancelTruth(world).bandit
    var simulation = Simulation(replications: replications, horizon: horizon, seed: seed)
    simulation.batchSize = batchSize
    simulation.delay = delay
    simulation.checkpoints = (1...10).map { max($0, horizon * $0 / 10) }.filter { $0 <= horizon }
    var rows: [Row] = []
    for (name, policy) in policies(bandit) {
      rows += await run(policy, name, simulation, bandit) { watch(name, $0) }
    }
    return rows
  }

  private func policies(_ world: BernoulliWorld) -> [(String, any Policy)] {
    let (arms, cells) = (world.armCount, world.cellCount)
    return [
      ("uniform", UniformPolicy(armCount: arms)),
      ("0.1-greedy", EpsilonGreedy(armCount: arms, epsilon: 0.1)),
      ("0.1-greedy by cell", EpsilonGreedy(armCount: arms, cellCount: cells, epsilon: 0.1)),
      ("Thompson sampling", ThompsonSampling(armCount: arms)),
      ("Thompson sampling by cell", ThompsonSampling(armCount: arms, cellCount: cells)),
    ]
  }

  private func run(
    _ policy: some Policy, _ name: String, _ simulation: Simulation, _ world: BernoulliWorld,
    _ watch: (Double) -> Void
  ) async -> [Row] {
    let curve = await simulation.run(policy, in: world, threads: threads) {
      watch(Double($0) / Double(replications))
    }
    return curve.points.map { point in
      Row(
        policy: name, sessions: point.time, regret: point.regret.mean,
        regretError: point.regret.count > 1 ? point.regret.standardError : nil,
        saved: point.reward.mean, optimalShare: point.optimalShare.mean)
    }
  }

  /// The rows as a table for people: each policy at the end, and its regret on the way.
  public static func table(_ rows: [Row]) -> String {
    var table = TerminalTable([
      ("policy", .left), ("sessions", .right), ("regret", .right), ("± s.e.", .right),
      ("saved", .right), ("best arm shown", .right),
    ])
    for row in rows {
      table.add([
        row.policy, "\(row.sessions)", Decimals.text(row.regret, 1),
        row.regretError.map { Decimals.text($0, 1) } ?? "–", Decimals.text(row.saved, 1),
        Decimals.percent(row.optimalShare, 1),
      ])
    }
    return table.text
  }
}
