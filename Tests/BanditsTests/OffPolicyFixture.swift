import Bandits
import Foundation
import Testing

/// The log of 2,000 sessions and five offers, its target and model, and what others make of it.
struct OffPolicyFixture {
  let log: DecisionLog
  let target: ActionTable
  let rewards: ActionTable
  private let figures: [String: Any]

  init() throws {
    let data = try ReferenceFile.data("fixture_ope_2000x5_expected.json")
    figures = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let rows = try ReferenceFile.numbers("fixture_ope_2000x5.csv")
    // The reward model differs from session to session: each is a cell of its own.
    log = try DecisionLog(
      arms: rows.map { Int32($0[1]) }, rewards: rows.map { $0[2] },
      propensities: rows.map { $0[3] },
      cells: rows.indices.map { Int32($0) }, armCount: 5, cellCount: rows.count)
    target = ActionTable(
      cellCount: rows.count, armCount: 5, values: rows.flatMap { $0[4..<9] })
    rewards = ActionTable(
      cellCount: rows.count, armCount: 5, values: rows.flatMap { $0[9..<14] })
  }

  var model: RewardModel { RewardModel(rewards) }

  /// A figure of the file of expected ones.
  func expected(_ name: String) throws -> Double { try #require(figures[name] as? Double) }

  /// The value and the constant that the file has for an estimator whose constant is chosen.
  func chosen(_ name: String) throws -> [Double] { try #require(figures[name] as? [Double]) }
}
