import Bandits
import Foundation
import Testing

/// A campaign of the Open Bandit sample: the Random log and the Bernoulli Thompson target.
struct OpenBanditSample {
  /// The folder of `open_bandit_small`, if the environment names one.
  static let folder = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"]

  let campaign: String
  let arms: [Int32]
  let rewards: [Double]
  let propensities: [Double]
  /// The position of each session, from zero.
  let positions: [Int32]
  /// The probability of each item (rows) at each position (columns).
  let shares: [[Double]]
  private let rows: [[Substring]]

  /// Whether the folder holds a file.
  static func has(_ file: String) -> Bool {
    folder.map { FileManager.default.fileExists(atPath: $0 + "/open_bandit_small/" + file) }
      ?? false
  }

  /// Reads a campaign; without its target's probabilities, those of "all" are read from the reference.
  init(_ campaign: String = "all", shares: [[Double]]? = nil) throws {
    self.campaign = campaign
    let path = try #require(Self.folder) + "/open_bandit_small/random_\(campaign).csv.gz"
    rows = try unzipped(path).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", maxSplits: 10, omittingEmptySubsequences: false)
    }
    arms = try rows.map { try #require(Int32($0[2])) }
    positions = try rows.map { try #require(Int32($0[3])) - 1 }
    rewards = try rows.map { try #require(Double($0[4])) }
    propensities = try rows.map { try #require(Double($0[5])) }
    self.shares = try shares ?? ReferenceFile.numbers("obd_all_bts_action_dist_exact.csv")
  }

  /// The log with the positions for cells, and the target in it.
  func byPosition() throws -> (log: DecisionLog, target: ActionTable) {
    let log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: positions,
      armCount: shares.count, cellCount: 3)
    // One row an item, one column a position; a table has one row a cell.
    let target = ActionTable(
      cellCount: 3, armCount: shares.count,
      values: (0..<3).flatMap { cell in shares.map { $0[cell] } })
    return (log, target)
  }

  /// The log with a cell for each session, the target and the logistic reward models in it.
  func bySession() throws -> (log: DecisionLog, target: ActionTable, model: RewardModel) {
    let log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities,
      cells: arms.indices.map { Int32($0) }, armCount: shares.count, cellCount: arms.count)
    let target = ActionTable(
      cellCount: arms.count, armCount: shares.count,
      values: positions.flatMap { position in shares.map { $0[Int(position)] } })
    let (users, items) = (users(), try items())
    let coefficients = try ReferenceFile.numbers("obd_\(campaign)_q_coefficients.csv")
    let values = arms.indices.flatMap { row in
      let beta = coefficients[Int(positions[row])]
      let levels = users[row].count
      let fixed = zip(users[row], beta).reduce(beta[levels + 4]) { $0 + $1.0 * $1.1 }
      return items.map { item in
        1 / (1 + exp(-zip(item, beta[levels..<levels + 4]).reduce(fixed) { $0 + $1.0 * $1.1 }))
      }
    }
    let table = ActionTable(cellCount: arms.count, armCount: shares.count, values: values)
    return (log, target, RewardModel(table))
  }

  /// The user features, each level but the first in the order of their names as a 0 or 1.
  private func users() -> [[Double]] {
    let levels = (6..<10).map { column in Set(rows.map { $0[column] }).sorted().dropFirst() }
    return rows.map { row in
      zip(6..<10, levels).flatMap { column, levels in levels.map { $0 == row[column] ? 1 : 0 } }
    }
  }

  /// The ranks of the three categories of each item, and its number.
  private func items() throws -> [[Double]] {
    let path = try #require(Self.folder) + "/open_bandit_small/item_context_\(campaign).csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    // The index of a row comes first where it is written, as an empty name in the header.
    let levels = (0..<3).map { offset in Set(lines.map { $0[$0.count - 3 + offset] }).sorted() }
    return try lines.map { line in
      let ranks = try (0..<3).map { offset in
        Double(try #require(levels[offset].firstIndex(of: line[line.count - 3 + offset])))
      }
      return ranks + [try #require(Double(line[line.count - 4]))]
    }
  }
}
