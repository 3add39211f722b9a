internal import Foundation
internal import Probability
public import Segments

/// Sessions with ten categories of two or three levels, which fall into 5,184 patterns.
///
///     logit P(y = 1) = −1 + Σₖ 0.3 sin(3k + 5lₖ)      lₖ the level in category k
public struct FewLevelsCase: Sendable {
  /// The outcomes, 0 or 1.
  public let outcomes: [Double]
  /// The levels of the sessions, one category after another.
  public let codes: [[Int32]]

  /// The number of levels of each category.
  public static let levels = [2, 2, 2, 2, 2, 2, 3, 3, 3, 3]

  /// Draws the sessions.
  public init(rows: Int) {
    var rng = Philox(StreamKey(seed: 20_260_103, purpose: .generation))
    var codes = Self.levels.map { _ in [Int32]() }
    outcomes = (0..<rows).map { _ in
      var logit = -1.0
      for (category, levels) in Self.levels.enumerated() {
        let level = rng.index(below: levels)
        codes[category].append(Int32(level))
        logit += 0.3 * sin(Double(3 * category + 5 * level))
      }
      return rng.uniform() < 1 / (1 + exp(-logit)) ? 1 : 0
    }
    self.codes = codes
  }

  /// The categories as covariates.
  public var covariates: [Covariate] {
    codes.enumerated().map { category, codes in
      let names = (0..<Self.levels[category]).map { "level \($0)" }
      return Covariate(
        name: "category \(category)", column: .category(codes: codes, levels: names))
    }
  }

  /// The levels of some sessions in each category, with the number of levels.
  public func rows(_ sessions: [Int]) -> [(codes: [Int32], levels: Int)] {
    zip(codes, Self.levels).map { codes, levels in (sessions.map { codes[$0] }, levels) }
  }
}
