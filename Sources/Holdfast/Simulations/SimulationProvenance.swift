internal import Bandits
internal import Inference

/// What the results of a simulation came from, so that they can be had again to the last byte.
///
/// The number of threads is not part of it: no result depends on it.
public struct SimulationProvenance: Sendable {
  /// The version of Holdfast.
  public let version: String
  /// The settings, key by key.
  let plan: [(String, FieldValue)]
  /// The world: cells with their shares and rates by arm.
  let cells: [(name: String, share: Double, rates: [(String, Double)])]
  /// The policies by their rows' names.
  let policies: [String]
  /// The log that the world was fitted to, if it was.
  public let sessions: String?
  /// The SHA-256 of its bytes as read.
  public let sha256: String?

  init(
    _ plan: SimulationPlan, _ setup: SimulationSetup, _ fitted: FittedWorld?,
    _ simulation: Simulation
  ) {
    version = HoldfastVersion.current
    let world = setup.world
    let named = setup.named
    cells = named.cells.enumerated().map { cell, name in
      (
        name, world.start.shares[cell],
        named.arms.enumerated().map { ($1, world.start.rates[cell, $0]) }
      )
    }
    policies = setup.contenders.map(\.name)
    sessions = fitted?.file
    sha256 = fitted?.sha256
    self.plan = [
      ("source", .init(named.source)), ("horizon", .init(plan.horizon)),
      ("replications", .init(plan.replications)), ("batch_size", .init(plan.batchSize)),
      ("delay", .init(plan.delay)),
      ("checkpoints", .texts(simulation.checkpoints.map { "\($0)" })),
      ("sessions_per_day", .init(setup.sessionsPerDay)),
      ("window_days", .init(world.timing?.window)), ("drift", .init(Self.text(world.drift))),
      ("budget", .init(plan.budget)), ("margin", .init(plan.margin)),
      ("cost_per_show", .texts(world.costs?.perShow.map { "\($0)" } ?? [])),
      ("cost_per_save", .texts(world.costs?.perSave.map { "\($0)" } ?? [])),
      ("verdict_confidence", .init(plan.verdict?.confidence)),
      ("verdict_every", .init(plan.verdict?.interval)),
      ("win_probability", .init(plan.comparisons?.probability)), ("level", .init(plan.level)),
      ("seed", .init("\(plan.seed)")),
    ]
  }

  private static func text(_ drift: RateDrift?) -> String? {
    guard let drift else { return nil }
    let target = drift.target.values.map { "\($0)" }.joined(separator: " ")
    let course =
      switch drift.course {
      case .linear(let sessions): "linear over \(sessions)"
      case .step(let session): "step at \(session)"
      case .wave(let period): "wave of \(period)"
      }
    return "\(course) to \(target)"
  }

  var json: JSONValue {
    .object([
      ("version", .text(version)), ("sessions", .field(.init(sessions))),
      ("sha256", .field(.init(sha256))),
      ("plan", .object(plan.map { ($0.0, .field($0.1)) })),
      ("policies", .field(.texts(policies))),
      (
        "world",
        .array(
          cells.map { cell in
            .object([
              ("cell", .text(cell.name)), ("share", .number(cell.share)),
              ("rates", .object(cell.rates.map { ($0.0, .number($0.1)) })),
            ])
          })
      ),
    ])
  }
}
