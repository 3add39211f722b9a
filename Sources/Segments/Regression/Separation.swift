internal import LinearAlgebra

/// A direction along which the likelihood rises without end.
///
/// Outcomes are separated by `b` if `xᵢᵀb ≥ 0` wherever yᵢ = 1, `xᵢᵀb ≤ 0` wherever yᵢ = 0, and
/// not all are zero. The maximum then lies at infinity along `b`. Newton's method on such data
/// turns into `b`, moving η by about one a step, while every other row stands still; so its last
/// direction is a certificate that one product with the design confirms or refutes.
///
/// Reference: Albert and Anderson (1984), *Biometrika* 71, 1–10, section 3.
struct Separation {
  /// The columns whose coefficients are infinite at the maximum.
  let columns: [Int]

  /// The part of the greatest movement that counts as standing still.
  private static let stillness = 1e-6

  /// Checks whether a direction separates the outcomes; fails if it does not.
  init?(of likelihood: LogisticLikelihood, _ x: some DesignMatrix, along direction: [Double]) {
    let movement = x.multiplied(by: direction)
    let still = Self.stillness * movement.reduce(0) { max($0, abs($1)) }
    guard still > 0 else { return nil }
    for (row, step) in movement.enumerated() where abs(step) > still {
      guard (likelihood.weights?[row] ?? 1) > 0 else { continue }
      guard likelihood.outcomes[row] == (step > 0 ? 1 : 0) else { return nil }
    }
    let gram = x.weightedGram(Array(repeating: 1, count: x.rowCount))
    let moved = direction.indices.map { abs(direction[$0]) * gram[$0, $0].squareRoot() }
    let most = moved.max() ?? 0
    columns = moved.indices.filter { moved[$0] > 1e-3 * most }
  }
}
