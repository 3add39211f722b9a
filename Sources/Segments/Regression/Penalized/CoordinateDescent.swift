internal import LinearAlgebra

/// Minimises a quadratic model of a loss plus a separable penalty, one coordinate at a time.
///
///     min over b of   gᵀ(b − b̄) + ½ (b − b̄)ᵀ H (b − b̄) + λ Σⱼ (aⱼ |bⱼ| + ½ cⱼ bⱼ²)
///
/// Coordinates that are zero are left out until those that are not have settled, and are then looked at
/// again. The slopes of the model are kept up to date, O(*p*) a change, and no row is read.
///
/// Reference: Friedman, Hastie and Tibshirani (2010), *Journal of Statistical Software* 33(1), sections
/// 2.2 and 2.6.
struct CoordinateDescent: Sendable {
  /// The weights of the penalty.
  let penalty: SeparablePenalty
  /// The penalty `λ`.
  let lambda: Double
  /// The columns that may move; the intercept always may.
  let candidates: [Int]
  /// The sweeps after which to stop.
  private static let sweepLimit = 500

  /// Finds the minimum.
  ///
  /// - Parameters:
  ///   - model: The curvature `H`.
  ///   - center: The point `b̄`.
  ///   - slopes: The slopes `g` of the loss there.
  ///   - start: Where to begin: the centre, or a better guess.
  ///   - tolerance: The change of a coordinate, in units of slope, that counts as none.
  /// - Returns: The minimum.
  func minimize(
    _ model: CurvatureModel, center: [Double], slopes: [Double], from start: [Double],
    tolerance: Double
  ) -> [Double] {
    let order = center.count
    var b = start
    var g = model.product(center.indices.map { start[$0] - center[$0] })
    for j in 0..<order { g[j] += slopes[j] }
    let intercept = order - 1
    let everything = candidates + [intercept]
    var sweeps = 0
    while sweeps < Self.sweepLimit {
      sweeps += 1
      if sweep(everything, model.matrix, &b, &g) <= tolerance { break }
      let active = everything.filter { b[$0] != 0 || $0 == intercept }
      settle(active, model, &b, &g, tolerance: tolerance, sweeps: &sweeps)
    }
    return b
  }

  /// Moves some coordinates to their common minimum while all others stand still.
  ///
  /// Their part of the curvature is copied, so that a change costs no more than their number.
  private func settle(
    _ active: [Int], _ model: CurvatureModel, _ b: inout [Double], _ g: inout [Double],
    tolerance: Double, sweeps: inout Int
  ) {
    let part = CoordinateDescent(
      penalty: penalty.selecting(active.dropLast()), lambda: lambda,
      candidates: Array(0..<active.count - 1))
    var matrix = Matrix(rows: active.count, columns: active.count)
    for (column, j) in active.enumerated() {
      for (row, i) in active.enumerated() { matrix[row, column] = model.matrix[i, j] }
    }
    var (point, slopes) = (active.map { b[$0] }, active.map { g[$0] })
    let everything = Array(active.indices)
    while sweeps < Self.sweepLimit {
      sweeps += 1
      if part.sweep(everything, matrix, &point, &slopes) <= tolerance { break }
    }
    var change = Array(repeating: 0.0, count: b.count)
    for (place, j) in active.enumerated() {
      change[j] = point[place] - b[j]
      b[j] = point[place]
    }
    let moved = model.product(change)
    for j in g.indices { g[j] += moved[j] }
  }

  /// Moves each of some coordinates to its minimum.
  ///
  /// - Returns: The greatest change, in units of slope.
  private func sweep(
    _ coordinates: [Int], _ matrix: Matrix, _ b: inout [Double], _ g: inout [Double]
  ) -> Double {
    let order = b.count
    var greatest = 0.0
    matrix.elements.withUnsafeBufferPointer { h in
      g.withUnsafeMutableBufferPointer { g in
        for j in coordinates {
          let isFree = j == order - 1
          let a = isFree ? 0 : lambda * penalty.sizes[j]
          let curvature = h[j * order + j]
          let divisor = curvature + (isFree ? 0 : lambda * penalty.squares[j])
          guard divisor > 0 else { continue }
          let pull = curvature * b[j] - g[j]
          let next = pull > a ? (pull - a) / divisor : pull < -a ? (pull + a) / divisor : 0
          let change = next - b[j]
          guard change != 0 else { continue }
          b[j] = next
          for row in 0..<order { g[row] += change * h[j * order + row] }
          greatest = max(greatest, abs(change) * divisor)
        }
      }
    }
    return greatest
  }
}
