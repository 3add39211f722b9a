internal import Inference
internal import Segments

/// What is often reported without adjustment: for each level of each category, and each number above and below a
/// half, the effect inside against that outside.
enum LevelDifference {
  /// The tests of every condition, of the discount against none.
  ///
  /// - Complexity: O(*n*) a condition.
  static func all(of data: SegmentData) throws -> [WaldTest] {
    try data.covariates.flatMap { covariate in
      let conditions: [Condition] =
        switch covariate.column {
        case .category(_, let levels): levels.map { Condition(covariate.name, .level($0)) }
        case .number: [Condition(covariate.name, .atLeast(0.5))]
        }
      return try conditions.compactMap { condition in
        interaction(of: data, inside: try Rule([condition]).contains(data), arm: 1, baseline: 0)
      }
    }
  }

  /// The effect of an arm inside a part of the sessions less that outside.
  ///
  /// The variance is that of HC2 in the regression on arm, part and their product: `Σ s² / n` over the four cells,
  /// each `s²` with `n − 1` in its denominator.
  static func interaction(
    of data: SegmentData, inside: [Bool], arm: Int32, baseline: Int32
  ) -> WaldTest? {
    var cells = Array(repeating: Moments(), count: 4)
    for row in data.arms.indices where data.arms[row] == arm || data.arms[row] == baseline {
      cells[(inside[row] ? 0 : 2) + (data.arms[row] == arm ? 0 : 1)].add(data.rewards[row])
    }
    guard cells.allSatisfy({ $0.count > 1 }) else { return nil }
    return WaldTest(
      estimate: cells[0].mean - cells[1].mean - (cells[2].mean - cells[3].mean),
      standardError: cells.reduce(0) { $0 + $1.variance / Double($1.count) }.squareRoot())
  }
}
