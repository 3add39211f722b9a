#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Cholesky factor of a symmetric positive definite matrix: `A = LLᵀ`.
///
/// Up to order 200 the factor is computed here, column by column in a fixed order of operations,
/// so that it has the same bits on every machine; beyond, LAPACK computes it in blocks.
///
/// Reference: Golub and Van Loan (2013), *Matrix Computations*, 4th edition, algorithm 4.2.1.
public struct Cholesky: Hashable, Sendable {
  /// The factor `L`: its lower triangle counts, what lies above is unused.
  let factor: Matrix

  /// The largest order that is factored in a fixed order of operations.
  private static let largestOwnOrder = 200

  /// Factors a matrix, of which only the lower triangle is read.
  ///
  /// Fails if a pivot is lost in the rounding of its own diagonal element, that is if a column
  /// is to working precision a combination of earlier ones; the test does not depend on the
  /// columns' units.
  ///
  /// - Complexity: O(*n*³ / 3).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rowCount == matrix.columnCount, "only a square matrix has a factor")
    let order = matrix.rowCount
    var factor = matrix
    if order > Self.largestOwnOrder {
      guard LAPACK.factorCholesky(&factor.elements, order: order) else { return nil }
    } else {
      guard Self.factorInPlace(&factor) else { return nil }
    }
    let tolerance = 8 * Double(order) * Double.ulpOfOne
    for index in 0..<order {
      let pivot = factor[index, index] * factor[index, index]
      guard pivot > tolerance * matrix[index, index] else { return nil }
    }
    self.factor = factor
  }

  /// The right-looking elimination: each finished column is taken out of those to its right.
  private static func factorInPlace(_ matrix: inout Matrix) -> Bool {
    let order = matrix.rowCount
    return matrix.elements.withUnsafeMutableBufferPointer { a in
      for column in 0..<order {
        let pivot = a[column * order + column]
        guard pivot > 0, pivot.isFinite else { return false }
        let root = pivot.squareRoot()
        for row in column..<order { a[column * order + row] /= root }
        for next in (column + 1)..<order {
          let multiple = a[column * order + next]
          for row in next..<order { a[next * order + row] -= multiple * a[column * order + row] }
        }
      }
      return true
    }
  }

  /// The solution `x` of `Ax = b`.
  ///
  /// - Complexity: O(*n*²).
  public func solve(_ rightSide: [Double]) -> [Double] {
    precondition(rightSide.count == factor.rowCount, "one element belongs to each row")
    var x = rightSide
    x.withUnsafeMutableBufferPointer { x in
      eliminate(x, from: 0)
      substitute(x, downTo: 0)
    }
    return x
  }

  /// The solution `z` of `Lz = b`; `zᵀz = bᵀA⁻¹b`.
  ///
  /// - Complexity: O(*n*²).
  public func solveLower(_ rightSide: [Double]) -> [Double] {
    precondition(rightSide.count == factor.rowCount, "one element belongs to each row")
    var z = rightSide
    z.withUnsafeMutableBufferPointer { eliminate($0, from: 0) }
    return z
  }

  /// The inverse `A⁻¹`, exactly symmetric.
  ///
  /// - Complexity: O(*n*³ / 3).
  public func inverse() -> Matrix {
    let order = factor.rowCount
    var inverse = Matrix(rows: order, columns: order)
    inverse.elements.withUnsafeMutableBufferPointer { elements in
      for column in 0..<order {
        // A column of the identity, of which the elements above its one stay zero, then as much of the solution
        // as the lower triangle holds.
        let x = UnsafeMutableBufferPointer(
          rebasing: elements[(column * order)..<((column + 1) * order)])
        x[column] = 1
        eliminate(x, from: column)
        substitute(x, downTo: column)
      }
    }
    inverse.mirrorLowerTriangle()
    return inverse
  }

  /// Replaces `b`, zero above a row, by `L⁻¹b`.
  private func eliminate(_ b: UnsafeMutableBufferPointer<Double>, from first: Int) {
    let order = factor.rowCount
    factor.elements.withUnsafeBufferPointer { l in
      for row in first..<order {
        b[row] /= l[row * order + row]
        let value = b[row]
        for later in (row + 1)..<order { b[later] -= l[row * order + later] * value }
      }
    }
  }

  /// Replaces `z` from its last row up to another by `L⁻ᵀz`.
  private func substitute(_ z: UnsafeMutableBufferPointer<Double>, downTo last: Int) {
    let order = factor.rowCount
    factor.elements.withUnsafeBufferPointer { l in
      for row in (last..<order).reversed() {
        var value = z[row]
        for later in (row + 1)..<order { value -= l[row * order + later] * z[later] }
        z[row] = value / l[row * order + row]
      }
    }
  }

  /// The logarithm of the determinant of `A`.
  public var logDeterminant: Double {
    2 * (0..<factor.rowCount).reduce(0) { $0 + log(factor[$1, $1]) }
  }
}
