internal import Foundation
internal import Probability
public import Segments

/// A table in the shape of Hillstrom's: nine covariates and scores of three arms.
///
/// Five numbers of 12, 7, 5, 5 and 200 values and four categories of two or three levels; an arm's score is
/// a normal number about what recency and channel make of it.
public struct PolicyTreeCase: Sendable {
  /// The sessions.
  public let data: SegmentData
  /// A score for each session and arm.
  public let scores: ActionScores

  /// Draws the table.
  public init(rows: Int) throws {
    var rng = Philox(StreamKey(seed: 20_260_104, purpose: .generation))
    let arms = ["none", "mens", "womens"]
    let numbers = [("recency", 12), ("segment", 7), ("visits", 5), ("age", 5), ("history", 200)]
    let categories = [("zip", 3), ("channel", 3), ("newbie", 2), ("gender", 2)]
    var covariates: [Covariate] = []
    var (recency, channel) = ([Double](), [Int32]())
    for (name, count) in numbers {
      let values = (0..<rows).map { _ in Double(rng.index(below: count)) }
      if name == "recency" { recency = values }
      let present = Array(repeating: true, count: rows)
      covariates.append(
        Covariate(name: name, column: .number(values: values, isPresent: present)))
    }
    for (name, count) in categories {
      let codes = (0..<rows).map { _ in Int32(rng.index(below: count)) }
      if name == "channel" { channel = codes }
      covariates.append(
        Covariate(
          name: name, column: .category(codes: codes, levels: (0..<count).map { "level \($0)" })))
    }
    var values: [Double] = []
    for row in 0..<rows {
      for arm in arms.indices {
        let isFit = recency[row] < 6 ? channel[row] == Int32(arm) : arm == 1
        values.append((isFit ? 0.2 : 0) + StandardNormal.draw(using: &rng))
      }
    }
    scores = try ActionScores(armNames: arms, values: values)
    data = try SegmentData(
      arms: (0..<rows).map { Int32($0 % arms.count) }, armNames: arms,
      rewards: Array(repeating: 0, count: rows), covariates: covariates,
      units: (0..<rows).map { UInt64($0) })
  }
}
