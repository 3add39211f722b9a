import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyTests {
  static func hilbert(_ order: Int) -> Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for row in 0..<order {
      for column in 0..<order { matrix[row, column] = 1 / Double(row + column + 1) }
    }
    return matrix
  }

  /// `Aᵢⱼ = min(i, j) + 1`, whose factor is all ones and whose inverse is tridiagonal.
  static func brownian(_ order: Int) -> Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for row in 0..<order {
      for column in 0..<order { matrix[row, column] = Double(min(row, column) + 1) }
    }
    return matrix
  }

  // Hilbert matrix of order 6; mpmath 50 digits: log-determinant and A⁻¹1. Its condition number
  // is 1.5e7, so about 1e-9 of a solution is rounding.
  @Test func anIllConditionedMatrixIsSolved() throws {
    let factor = try #require(Cholesky(Self.hilbert(6)))
    let solution = factor.solve(Array(repeating: 1, count: 6))
    for (computed, expected) in zip(solution, [-6.0, 210, -1680, 5040, -6300, 2772]) {
      #expect(relativeError(computed, expected) < 1e-9)
    }
    #expect(relativeError(factor.logDeterminant, -39.76620670609766) < 1e-9)
  }

  /// Orders on both sides of the hand-over to LAPACK.
  @Test(arguments: [1, 2, 50, 200, 201, 260])
  func theFactorInvertsWhatItFactored(_ order: Int) throws {
    let factor = try #require(Cholesky(Self.brownian(order)))
    #expect(abs(factor.logDeterminant) < 1e-12)
    let inverse = factor.inverse()
    for row in 0..<order {
      for column in 0..<order {
        let expected = abs(row - column) > 1 ? 0.0 : row != column ? -1 : row == order - 1 ? 1 : 2
        #expect(abs(inverse[row, column] - expected) < 1e-12)
      }
    }
    let z = factor.solveLower(Array(repeating: 1, count: order))
    #expect(z.first == 1 && z.dropFirst().allSatisfy { abs($0) < 1e-12 })
  }

  @Test(arguments: [3, 210])
  func aDependentColumnHasNoFactor(_ order: Int) {
    var matrix = Self.brownian(order)
    for index in 0..<order {
      matrix[order - 1, index] = matrix[order - 2, index]
      matrix[index, order - 1] = matrix[index, order - 2]
    }
    matrix[order - 1, order - 1] = matrix[order - 2, order - 2]
    #expect(Cholesky(matrix) == nil)
  }

  @Test func unitsDoNotDecideWhatIsSingular() {
    var matrix = Self.brownian(3)
    for index in 0..<3 {
      matrix[0, index] *= 1e-9
      matrix[index, 0] *= 1e-9
    }
    #expect(Cholesky(matrix) != nil)
  }

  @Test func indefiniteAndUndefinedMatricesHaveNoFactor() {
    var matrix = Matrix.identity(2)
    matrix[1, 1] = -1
    #expect(Cholesky(matrix) == nil)
    matrix[1, 1] = .nan
    #expect(Cholesky(matrix) == nil)
    matrix[1, 1] = .infinity
    #expect(Cholesky(matrix) == nil)
  }
}
