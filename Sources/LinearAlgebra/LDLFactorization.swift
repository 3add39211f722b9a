/// The Cholesky factor without square roots of a matrix that grows by outer products.
///
///     A = L D Lᵀ,   L with a unit diagonal, D > 0      A ← A + w x xᵀ in O(p²), w ≥ 0
///
/// The precision of a regression's coefficients is such a matrix: it starts as a diagonal prior and each
/// session adds its features to it. As nothing is ever taken away the update is stable, and no element
/// of the inverse is formed. All of it is computed here in a fixed order of operations, at any order, so
/// that it has the same bits on every machine.
///
/// Features that are zero cost nothing until those before them have been seen beside others: with a
/// coefficient a cell every operation is O(1) beyond the passage over the zeros.
///
/// Reference: Gill, Golub, Murray and Saunders (1974), "Methods for modifying matrix factorizations",
/// *Mathematics of Computation* 28, 505–535, method C1.
public struct LDLFactorization: Hashable, Sendable {
  /// The number of rows, `p`.
  public let order: Int
  /// The columns of the lower triangle, one after another, with `D` in the place of `L`'s ones.
  private var packed: [Double]

  /// Factors a diagonal matrix, whose elements are positive and finite.
  public init(diagonal: [Double]) {
    precondition(
      diagonal.allSatisfy { $0 > 0 && $0.isFinite }, "a positive definite diagonal is positive")
    order = diagonal.count
    packed = []
    packed.reserveCapacity(order * (order + 1) / 2)
    for (column, pivot) in diagonal.enumerated() {
      packed.append(pivot)
      packed.append(contentsOf: repeatElement(0, count: order - column - 1))
    }
  }

  /// Adds `w x xᵀ` to the matrix.
  ///
  /// - Parameters:
  ///   - x: The vector `x`, finite.
  ///   - weight: The weight `w`, zero or more and finite.
  /// - Complexity: O(*p*²).
  public mutating func add(_ x: Span<Double>, weight: Double = 1) {
    precondition(x.count == order, "one element belongs to each row")
    precondition(weight >= 0 && weight.isFinite, "a weight is not negative")
    let order = order
    packed.withUnsafeMutableBufferPointer { packed in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: order) { w in
        for row in 0..<order { w[row] = x[row] }
        var alpha = weight
        var start = 0
        for column in 0..<order {
          let count = order - column
          let p = w[column]
          if p != 0 {
            let pivot = packed[start]
            packed[start] = pivot + alpha * p * p
            let beta = alpha * p / packed[start]
            alpha *= pivot / packed[start]
            for row in 1..<count {
              let rest = w[column + row] - p * packed[start + row]
              w[column + row] = rest
              packed[start + row] += beta * rest
            }
          }
          start += count
        }
      }
    }
  }

  /// The quadratic form `xᵀ A⁻¹ x`, a sum of squares.
  ///
  /// - Complexity: O(*p*² / 2), without allocation on the heap.
  public func inverseForm(_ x: Span<Double>) -> Double {
    precondition(x.count == order, "one element belongs to each row")
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: order) { b in
      for row in 0..<order { b[row] = x[row] }
      var sum = 0.0
      eliminate(b) { value, pivot in
        sum += value * value / pivot
        return value
      }
      return sum
    }
  }

  /// Replaces `b` by the solution of `Ax = b`.
  ///
  /// - Complexity: O(*p*²).
  public func solve(_ b: inout [Double]) {
    precondition(b.count == order, "one element belongs to each row")
    b.withUnsafeMutableBufferPointer { b in
      eliminate(b) { value, pivot in value / pivot }
      substitute(b)
    }
  }

  /// Replaces independent standard normal `z` by normal variables of covariance `A⁻¹`, `L⁻ᵀ D^(−½) z`.
  ///
  /// - Complexity: O(*p*² / 2).
  public func correlate(_ z: inout [Double]) {
    precondition(z.count == order, "one element belongs to each row")
    for row in 0..<order { z[row] /= packed[start(row)].squareRoot() }
    z.withUnsafeMutableBufferPointer { substitute($0) }
  }

  /// The matrix `A` itself.
  ///
  /// - Complexity: O(*p*³ / 3).
  public var matrix: Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for column in 0..<order {
      let pivot = packed[start(column)]
      let below = (column..<order).map { $0 == column ? 1 : packed[start(column) + $0 - column] }
      matrix.addOuterProduct(Array(repeating: 0, count: column) + below, scale: pivot)
    }
    matrix.mirrorLowerTriangle()
    return matrix
  }

  /// The inverse `A⁻¹`, exactly symmetric.
  ///
  /// - Complexity: O(*p*³).
  public var inverse: Matrix {
    var inverse = Matrix(rows: order, columns: order)
    for column in 0..<order {
      var unit = Array(repeating: 0.0, count: order)
      unit[column] = 1
      solve(&unit)
      for row in column..<order { inverse[row, column] = unit[row] }
    }
    inverse.mirrorLowerTriangle()
    return inverse
  }

  /// Where a column starts.
  private func start(_ column: Int) -> Int { column * order - column * (column - 1) / 2 }

  /// Forms `L⁻¹b` in the place of `b`, and keeps of each element what is made of it and of its pivot.
  @inline(__always)
  private func eliminate(
    _ b: UnsafeMutableBufferPointer<Double>, _ keep: (_ value: Double, _ pivot: Double) -> Double
  ) {
    packed.withUnsafeBufferPointer { packed in
      var start = 0
      for column in 0..<order {
        let count = order - column
        let value = b[column]
        if value != 0 {
          for row in 1..<count { b[column + row] -= value * packed[start + row] }
          b[column] = keep(value, packed[start])
        }
        start += count
      }
    }
  }

  /// Replaces `b` by `L⁻ᵀb`.
  @inline(__always)
  private func substitute(_ b: UnsafeMutableBufferPointer<Double>) {
    packed.withUnsafeBufferPointer { packed in
      var start = packed.count
      for column in (0..<order).reversed() {
        let count = order - column
        start -= count
        var sum = b[column]
        for row in 1..<count { sum -= packed[start + row] * b[column + row] }
        b[column] = sum
      }
    }
  }
}
