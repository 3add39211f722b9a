import Bandits
import Inference

/// A world, a logging policy and a target, to see how often intervals hold the target's known value.
struct CoverageDesign {
  /// The estimators of the study, by their names in the catalogue.
  static let names = ["ips", "snips", "dr", "switch", "dros"]

  /// Three cells, four arms, and weights up to 3.
  static var moderate: CoverageDesign {
    get throws {
      CoverageDesign(
        world: try BernoulliWorld(
          rates: ActionTable(
            cellCount: 3, armCount: 4,
            values: [0.2, 0.3, 0.25, 0.1, 0.5, 0.4, 0.45, 0.6, 0.05, 0.1, 0.15, 0.2])),
        logging: ActionTable(
          cellCount: 3, armCount: 4,
          values: [0.4, 0.2, 0.2, 0.2, 0.1, 0.3, 0.3, 0.3, 0.25, 0.25, 0.25, 0.25]),
        target: ActionTable(
          cellCount: 3, armCount: 4,
          values: [0.1, 0.6, 0.2, 0.1, 0.1, 0, 0.4, 0.5, 0.25, 0.05, 0.2, 0.5]),
        sessions: 1_500)
    }
  }

  /// Rare rewards and a rare arm: a handful of sessions of weight 100 decide.
  static var thin: CoverageDesign {
    get throws {
      CoverageDesign(
        world: try BernoulliWorld(rates: [0.02, 0.05]),
        logging: ActionTable(cellCount: 1, armCount: 2, values: [0.99, 0.01]),
        target: ActionTable(cellCount: 1, armCount: 2, values: [0.1, 0.9]), sessions: 4_000)
    }
  }

  let world: BernoulliWorld
  let logging: ActionTable
  let target: ActionTable
  let sessions: Int

  /// The share of logs in which the 95 % interval of an estimator holds the value, and of the first hundred
  /// logs, those that the audit lets pass.
  func coverage(_ name: String, logs: Int) throws -> (covered: Double, passed: Double) {
    let truth = world.value(of: target)
    var (covered, passed, audited) = (0, 0, 0)
    for index in 0..<logs {
      let log = try syntheticLog(
        of: world, by: logging, sessions: sessions, seed: 77, index: UInt64(index))
      let model = CellRewardModel(seed: 5).crossFit(log)
      guard let entry = EstimatorCatalogue.entries.first(where: { $0.name == name }),
        let estimator = entry.make(model, 1, .none) as? any TermwiseEstimator,
        let careful = entry.make(model, 1, EvidenceFloors()) as? any TermwiseEstimator
      else { preconditionFailure("the catalogue has the estimators of the study") }
      covered += try estimator.estimate(target, on: log).interval().contains(truth) ? 1 : 0
      guard index < 100 else { continue }
      audited += 1
      passed += LogAudit.reasonsToAbstain(from: careful, target, log).isEmpty ? 1 : 0
    }
    return (Double(covered) / Double(logs), Double(passed) / Double(audited))
  }
}
