internal import Bandits
internal import Inference

/// A plan of a simulation carried out: every policy through the same customers of the same world.
///
/// The results depend on the plan, on the log that it may name, and on the seed; not on the number of
/// threads.
public struct SimulationStudy: Sendable {
  /// The plan.
  public let plan: SimulationPlan

  /// Prepares a study.
  public init(_ plan: SimulationPlan) { self.plan = plan }

  /// What a study is doing, for those who watch.
  public enum Stage: Sendable {
    /// Reading the log that the world is fitted to.
    case fitting(Run.Stage)
    /// Letting a policy learn, by the share of the replications that is done.
    case simulating(policy: String, share: Double)
    /// Waiting for a policy's verdict.
    case judging(policy: String, share: Double)
  }

  /// Runs every policy through the world.
  ///
  /// - Throws: ``PlanError`` where the plan does not fit the log that its world is fitted to; else what
  ///   reading a log throws.
  /// - Complexity: O(policies · replications · horizon) choices, twice if verdicts are asked for.
  public func run(
    _ watch: @escaping (Stage) -> Void = { _ in }
  ) async throws -> SimulationResults {
    let (setup, fitted) = try setup(watch)
    let simulation = simulation
    var curves: [RegretCurve] = []
    for contender in setup.contenders {
      curves.append(
        await curve(of: contender.policy, simulation, setup.world) {
          watch(.simulating(policy: contender.name, share: $0))
        })
    }
    var verdicts: [VerdictSummary] = []
    if let rule = plan.verdict {
      for contender in setup.contenders {
        verdicts.append(
          await verdict(of: contender.policy, rule, simulation, setup.world) {
            watch(.judging(policy: contender.name, share: $0))
          })
      }
    }
    let rows = SimulationRows(plan, setup)
    return SimulationResults(
      provenance: SimulationProvenance(plan, setup, fitted, simulation),
      curves: zip(setup.contenders, curves).flatMap { rows.curve($0, $1) },
      verdicts: zip(setup.contenders, verdicts).compactMap { rows.verdict($0, $1) },
      comparisons: setup.pairs.compactMap { rows.comparison($0, of: curves) })
  }

  private func setup(
    _ watch: @escaping (Stage) -> Void
  ) throws -> (setup: SimulationSetup, fitted: FittedWorld?) {
    switch plan.world {
    case .known(let named): return (try SimulationSetup(plan, in: named), nil)
    case .fitted(let log, let place):
      let fitted = try FittedWorld(
        log, { PlanError(file: plan.file, problems: [place.problem($0)]) },
        { watch(.fitting($0)) })
      return (try SimulationSetup(plan, in: fitted.world, fitted: fitted), fitted)
    }
  }

  private var simulation: Simulation {
    var simulation = Simulation(
      replications: plan.replications, horizon: plan.horizon, seed: plan.seed)
    simulation.batchSize = plan.batchSize
    simulation.delay = plan.delay
    // The horizon is always told: the answers are about it.
    let tenths = (1...10).map { max($0, plan.horizon * $0 / 10) }.filter { $0 <= plan.horizon }
    let asked = plan.checkpoints.isEmpty ? tenths : plan.checkpoints
    simulation.checkpoints = asked.last == plan.horizon ? asked : asked + [plan.horizon]
    return simulation
  }

  private func curve(
    of policy: some Policy, _ simulation: Simulation, _ world: RetentionWorld,
    _ watch: (Double) -> Void
  ) async -> RegretCurve {
    await simulation.run(policy, in: world, threads: plan.threads) {
      watch(Double($0) / Double(plan.replications))
    }
  }

  private func verdict(
    of policy: some Policy, _ rule: VerdictRule, _ simulation: Simulation,
    _ world: RetentionWorld, _ watch: (Double) -> Void
  ) async -> VerdictSummary {
    await simulation.verdicts(policy, in: world, by: rule, threads: plan.threads) {
      watch(Double($0) / Double(plan.replications))
    }
  }
}
