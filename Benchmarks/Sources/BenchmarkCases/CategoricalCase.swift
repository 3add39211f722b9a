internal import Foundation
internal import Probability

/// A logistic regression on ten categories of twenty levels and ten standard normal numbers.
///
///     logit P(y = 1) = −0.5 + Σₖ 0.2 sin(3k + 5lₖ) + Σⱼ 0.2 cos j · xⱼ      lₖ the level in category k
public struct CategoricalCase: Sendable {
  /// The number of sessions.
  public let rows: Int
  /// The level of each session, from 0 to 19, one category after another.
  public let codes: [[Int32]]
  /// The numbers, row after row.
  public let numbers: [Double]
  /// The outcomes, 0 or 1.
  public let outcomes: [Double]

  /// The number of categories, and that of the numbers of a session.
  public static let width = 10
  /// The number of levels of each category; the first is the reference.
  public static let levels = 20

  /// Draws the problem.
  public init(rows: Int) {
    var rng = Philox(StreamKey(seed: 20_260_102, purpose: .generation))
    var codes = Array(repeating: [Int32](), count: Self.width)
    var (numbers, outcomes) = ([Double](), [Double]())
    numbers.reserveCapacity(rows * Self.width)
    for _ in 0..<rows {
      var logit = -0.5
      for category in 0..<Self.width {
        let level = rng.index(below: Self.levels)
        codes[category].append(Int32(level))
        if level > 0 { logit += 0.2 * sin(Double(3 * category + 5 * level)) }
      }
      for column in 0..<Self.width {
        numbers.append(StandardNormal.draw(using: &rng))
        logit += 0.2 * cos(Double(column)) * numbers[numbers.count - 1]
      }
      outcomes.append(rng.uniform() < 1 / (1 + exp(-logit)) ? 1 : 0)
    }
    (self.rows, self.codes, self.numbers, self.outcomes) = (rows, codes, numbers, outcomes)
  }

  /// Writes `codes.i32`, `numbers.f64` and `outcomes.f64`, as they lie in memory, into a folder.
  public func write(to folder: String) throws {
    let joined = codes.flatMap { $0 }
    try joined.withUnsafeBytes { Data($0) }.write(to: URL(filePath: "\(folder)/codes.i32"))
    for (name, values) in [("numbers", numbers), ("outcomes", outcomes)] {
      try values.withUnsafeBytes { Data($0) }.write(to: URL(filePath: "\(folder)/\(name).f64"))
    }
  }
}
