public import Bandits

/// The truth of a world: exact saved rates, best arms and policy values, without a draw.
public struct CancelTruth: Sendable {
  private let world: CancelWorld

  /// Computes the truth of a world.
  public init(_ world: CancelWorld) { self.world = world }

  /// A cell of the truth: a reason and a plan.
  struct Cell: Sendable {
    let name: String
    let share: Double
    let reason: Int
    let plan: Int
  }

  /// The cells, as a log with the contexts `reason` and `plan` names them.
  var cells: [Cell] {
    world.reasons.indices.flatMap { reason in
      world.plans.indices.map { plan in
        Cell(
          name: "\(world.reasons[reason].name) × \(world.plans[plan].level.name)",
          share: world.reasons[reason].share * world.plans[plan].level.share, reason: reason,
          plan: plan)
      }
    }
  }

  /// The number of the arm with the greatest saved rate in a cell.
  func bestArm(_ cell: Cell) -> Int {
    let rates = rates(cell)
    return rates.indices.max { rates[$0] < rates[$1] } ?? 0
  }

  /// The saved rate of each arm in a cell.
  func rates(_ cell: Cell) -> [Double] {
    world.arms.map { world.savedRate(cell.reason, cell.plan, $0) }
  }

  /// The value of a policy: the mean saved rate of what it shows.
  func value(_ probabilities: (Cell) -> [Double]) -> Double {
    cells.reduce(0) { sum, cell in
      sum + cell.share * zip(probabilities(cell), rates(cell)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The world as a bandit problem: cells, arms, saved rates.
  public var bandit: BernoulliWorld {
    get throws(WorldError) {
      try BernoulliWorld(
        rates: ActionTable(
          cellCount: cells.count, armCount: world.arms.count, values: cells.flatMap(rates)),
        weights: cells.map(\.share))
    }
  }

  var json: JSONValue {
    let arms = world.arms
    func single(_ place: Int) -> [Double] { arms.indices.map { $0 == place ? 1 : 0 } }
    let always = arms.indices.map { place in
      ("always \(world.name(arms[place]))", JSONValue.number(value { _ in single(place) }))
    }
    return .object([
      ("metric", .text("saved")), ("seed", .text("\(world.seed)")),
      (
        "policies",
        .object(
          [("uniform", .number(value { world.propensities($0.reason, isExperiment: true) }))]
            + always
            + [
              (
                "targeted", .number(value { world.propensities($0.reason, isExperiment: false) })
              ),
              ("best by reason × plan", .number(value { single(bestArm($0)) })),
            ])
      ),
      (
        "cells",
        .array(
          cells.map { cell in
            .object([
              ("cell", .text(cell.name)), ("share", .number(cell.share)),
              ("best_arm", .text(world.name(arms[bestArm(cell)]))),
              (
                "saved_rates",
                .object(zip(arms, rates(cell)).map { (world.name($0), .number($1)) })
              ),
            ])
          })
      ),
    ])
  }
}
