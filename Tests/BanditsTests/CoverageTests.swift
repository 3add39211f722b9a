import Bandits
import Foundation
import Inference
import TestSupport
import Testing

/// How often 95 % intervals hold the known value, and whether the audit abstains where they do not.
///
/// `HOLDFAST_COVERAGE_LOGS` sets the number of logs; with the default of 2,000 a coverage of 95 % has a
/// standard error of 0.49 points. With more the figures are printed.
@Suite struct CoverageTests {
  static let names = ["ips", "snips", "dr", "switch", "dros"]
  static let logs =
    ProcessInfo.processInfo.environment["HOLDFAST_COVERAGE_LOGS"].flatMap(Int.init) ?? 2_000

  /// The share of logs whose interval holds the value, and of those that the audit lets pass.
  func coverage(
    _ name: String, _ world: BernoulliWorld, _ logging: ActionTable, _ target: ActionTable,
    sessions: Int
  ) throws -> (covered: Double, passed: Double) {
    let entry = try #require(EstimatorCatalogue.entries.first { $0.name == name })
    let truth = world.value(of: target)
    var (covered, passed, audited) = (0, 0, 0)
    for index in 0..<Self.logs {
      let log = try syntheticLog(
        of: world, by: logging, sessions: sessions, seed: 77, index: UInt64(index))
      let model = CellRewardModel(seed: 5).crossFit(log)
      let estimator = try #require(entry.make(model, 1, .none) as? any TermwiseEstimator)
      covered += try estimator.estimate(target, on: log).interval().contains(truth) ? 1 : 0
      guard index < 100 else { continue }
      audited += 1
      let reasons = LogAudit.reasonsToAbstain(
        from: try #require(entry.make(model, 1, EvidenceFloors()) as? any TermwiseEstimator),
        target, log)
      passed += reasons.isEmpty ? 1 : 0
    }
    let result = (Double(covered) / Double(Self.logs), Double(passed) / Double(audited))
    if Self.logs > 2_000 { print("\(name) of \(sessions): covered, passed \(result)") }
    return result
  }

  @Test(arguments: names)
  func intervalsCoverAtModerateSizes(_ name: String) throws {
    let world = try BernoulliWorld(
      rates: ActionTable(
        cellCount: 3, armCount: 4,
        values: [0.2, 0.3, 0.25, 0.1, 0.5, 0.4, 0.45, 0.6, 0.05, 0.1, 0.15, 0.2]))
    let logging = ActionTable(
      cellCount: 3, armCount: 4,
      values: [0.4, 0.2, 0.2, 0.2, 0.1, 0.3, 0.3, 0.3, 0.25, 0.25, 0.25, 0.25])
    let target = ActionTable(
      cellCount: 3, armCount: 4,
      values: [0.1, 0.6, 0.2, 0.1, 0.1, 0, 0.4, 0.5, 0.25, 0.05, 0.2, 0.5])
    let result = try coverage(name, world, logging, target, sessions: 1_500)
    // Within 94 to 96 %, and three standard errors of the study.
    let error = (0.95 * 0.05 / Double(Self.logs)).squareRoot()
    #expect(abs(result.covered - 0.95) < 0.01 + 3 * error, "\(result)")
    #expect(result.passed >= 0.95, "\(result)")
  }

  // Rare rewards and a rare arm: a handful of sessions of weight 100 decide.
  @Test(arguments: ["ips", "snips", "dr"])
  func whereIntervalsFailTheAuditAbstains(_ name: String) throws {
    let world = try BernoulliWorld(rates: [0.02, 0.05])
    let logging = ActionTable(cellCount: 1, armCount: 2, values: [0.99, 0.01])
    let target = ActionTable(cellCount: 1, armCount: 2, values: [0.1, 0.9])
    let result = try coverage(name, world, logging, target, sessions: 4_000)
    #expect(result.covered < 0.93, "\(result)")
    #expect(result.passed == 0, "\(result)")
  }
}
