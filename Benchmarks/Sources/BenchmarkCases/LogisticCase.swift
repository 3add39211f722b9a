internal import Foundation
internal import Probability

/// A dense logistic regression: an intercept and standard normal features, all of them with an effect.
///
///     logit P(y = 1) = Σⱼ βⱼ xⱼ      x₀ = 1      β₀ = −0.5      βⱼ = 0.3 sin j
public struct LogisticCase: Sendable {
  /// The number of sessions.
  public let rows: Int
  /// The number of coefficients, the intercept among them.
  public let columns: Int
  /// The features, row after row.
  public let features: [Double]
  /// The outcomes, 0 or 1.
  public let outcomes: [Double]

  /// Draws the problem; a longer one begins with a shorter one's rows.
  public init(rows: Int, columns: Int = 50) {
    var rng = Philox(StreamKey(seed: 20_260_101, purpose: .generation))
    let effects = (0..<columns).map { $0 == 0 ? -0.5 : 0.3 * sin(Double($0)) }
    var features = Array(repeating: 1.0, count: rows * columns)
    var outcomes = Array(repeating: 0.0, count: rows)
    for row in 0..<rows {
      var logit = effects[0]
      for column in 1..<columns {
        let value = StandardNormal.draw(using: &rng)
        features[row * columns + column] = value
        logit += effects[column] * value
      }
      outcomes[row] = rng.uniform() < 1 / (1 + exp(-logit)) ? 1 : 0
    }
    (self.rows, self.columns, self.features, self.outcomes) = (rows, columns, features, outcomes)
  }

  /// Writes `x.f64` and `y.f64`, the numbers as they lie in memory, into a folder.
  public func write(to folder: String) throws {
    for (name, numbers) in [("x", features), ("y", outcomes)] {
      let data = numbers.withUnsafeBytes { Data($0) }
      try data.write(to: URL(filePath: "\(folder)/\(name).f64"))
    }
  }
}
