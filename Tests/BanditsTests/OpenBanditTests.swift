import Bandits
import Foundation
import Inference
import TestSupport
import Testing

private let datasets = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"]

/// The Open Bandit sample, campaign "all": the Random log and the Bernoulli Thompson target.
///
/// With 38 clicks in 10,000 sessions this holds the arithmetic, not the accuracy.
@Suite(
  .enabled(
    if: datasets != nil,
    "set HOLDFAST_DATASETS to the folder of open_bandit_small/random_all.csv.gz to run these"))
struct OpenBanditTests {
  let log: DecisionLog
  let target: ActionTable

  init() throws {
    let path = try #require(datasets) + "/open_bandit_small/random_all.csv.gz"
    var arms: [Int32] = []
    var rewards: [Double] = []
    var propensities: [Double] = []
    var cells: [Int32] = []
    for line in try unzipped(path).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false)
      arms.append(try #require(Int32(fields[2])))
      cells.append(try #require(Int32(fields[3])) - 1)
      rewards.append(try #require(Double(fields[4])))
      propensities.append(try #require(Double(fields[5])))
    }
    log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: cells, armCount: 80,
      cellCount: 3)
    // One row an item, one column a position; a table has one row a cell.
    let rows = try ReferenceFile.numbers("obd_all_bts_action_dist_exact.csv")
    target = ActionTable(
      cellCount: 3, armCount: 80, values: (0..<3).flatMap { cell in rows.map { $0[cell] } })
  }

  // IPS, SNIPS and their errors by obp 0.5.7 and NumPy; the digits are those published with it.
  @Test func importanceSampling() throws {
    let estimate = try ImportanceSampling().estimate(target, on: log)
    #expect(relativeError(estimate.value, 0.00456274085132212) < 1e-12)
    #expect(relativeError(estimate.standardError, 0.00209187843049) < 1e-11)
    #expect(abs(estimate.effectiveSampleSize - 1643.24) < 0.005)
    #expect(abs(estimate.meanWeight - 0.953346571) < 5e-10)
    #expect(abs(estimate.maximumWeight - 19.6059) < 5e-5)
  }

  @Test func selfNormalized() throws {
    let estimate = try SelfNormalizedImportanceSampling().estimate(target, on: log)
    #expect(relativeError(estimate.value, 0.00478602534714456) < 1e-12)
    #expect(relativeError(estimate.standardError, 0.00218742900541) < 1e-11)
    // The Thompson policy's own log has 42 clicks.
    #expect(estimate.interval(level: 0.95).contains(0.0042))
  }

  @Test func oneItemForEveryoneIsTooThin() {
    // A fixed item keeps about one session in 80.
    let item = ActionTable(of: FixedPolicy(Arm(14), armCount: 80), cellCount: 3)
    var floors = EvidenceFloors()
    floors.effectiveSampleSize = 200
    #expect {
      try ImportanceSampling(floors: floors).estimate(item, on: log)
    } throws: { error in
      guard case OffPolicyError.effectiveSampleSizeTooSmall(_, floor: 200) = error else {
        return false
      }
      return true
    }
  }

  @Test func theRecordedPropensitiesFitTheLog() {
    let audit = LogAudit(log)
    #expect(audit.arms.allSatisfy { $0.leastPropensity == 1.0 / 80 })
    // 80 tests at once: none is rejected by Bonferroni at one in ten thousand.
    #expect(audit.arms.allSatisfy { ($0.pValue ?? 0) > 1e-4 / 80 })
  }
}

/// The text of a gzip file, by the system's gzip.
private func unzipped(_ path: String) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["gzip", "-dc", path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return String(decoding: data, as: UTF8.self)
}
