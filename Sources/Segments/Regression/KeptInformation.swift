internal import LinearAlgebra

/// The information of a point, by which directions are found from others that are near.
///
///     I ← I − (Is)(Is)ᵀ / sᵀIs + yyᵀ / sᵀy
///
/// Every step `s` over which the score falls by `y` tells what the information on the way is. The corrections are not
/// made to the matrix: they are made to the direction, O(*p*) each.
///
/// Reference: Nocedal and Wright (2006), *Numerical Optimization*, 2nd edition, algorithm 7.4.
struct KeptInformation: Sendable {
  /// The information where it was formed.
  let information: Matrix
  let factor: Cholesky
  /// How far from here it was formed, in standard deviations of a session's predictor; infinite for that of
  /// a subsample.
  private(set) var drift: Double
  /// The steps since, with the falls of the score over them.
  private var steps: [(step: [Double], change: [Double], product: Double)] = []

  init(_ information: Matrix, _ factor: Cholesky, drift: Double) {
    (self.information, self.factor, self.drift) = (information, factor, drift)
  }

  /// Takes in a step.
  mutating func take(step: [Double], distance: Double, change: [Double]) {
    drift += distance
    let product = Self.product(step, change)
    if product > 0 { steps.append((step, change, product)) }
  }

  /// The direction `I⁻¹s` of a score, by the corrected information.
  ///
  /// - Complexity: O(*p*²) for *p* columns.
  func solve(_ score: [Double]) -> [Double] {
    var rest = score
    var shares: [Double] = []
    for (step, change, product) in steps.reversed() {
      let share = Self.product(step, rest) / product
      for column in rest.indices { rest[column] -= share * change[column] }
      shares.append(share)
    }
    var direction = factor.solve(rest)
    for ((step, change, product), share) in zip(steps, shares.reversed()) {
      let excess = share - Self.product(change, direction) / product
      for column in direction.indices { direction[column] += excess * step[column] }
    }
    return direction
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    one.indices.reduce(0.0) { $0 + one[$1] * other[$1] }
  }
}
