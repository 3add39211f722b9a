import LinearAlgebra
import TestSupport
import Testing

@Suite struct SingularValuesTests {
  static func matrix(_ rows: [[Double]]) -> Matrix {
    var matrix = Matrix(rows: rows.count, columns: rows[0].count)
    for (row, values) in rows.enumerated() {
      for (column, value) in values.enumerated() { matrix[row, column] = value }
    }
    return matrix
  }

  // The golden ratio and its inverse, since AᵀA = [[2, 1], [1, 1]] has the characteristic x² − 3x + 1.
  @Test func aTriangleOfOnesHasTheGoldenRatio() {
    let values = Self.matrix([[1, 0], [1, 1]]).singularValues
    let golden = (1 + 5.0.squareRoot()) / 2
    #expect(
      relativeError(values[0], golden) < 1e-15 && relativeError(values[1], 1 / golden) < 1e-15)
  }

  // NumPy 2, numpy.linalg.cond of the Hilbert matrix of order 6: 14951058.6424659.
  @Test func theHilbertMatrixIsIllConditioned() {
    let hilbert = Self.matrix((0..<6).map { row in (0..<6).map { 1 / Double(row + $0 + 1) } })
    #expect(relativeError(hilbert.conditionNumber, 14951058.6424659) < 1e-9)
  }

  @Test func dependentColumnsHaveNoFiniteCondition() {
    #expect(Self.matrix([[1, 2], [2, 4], [3, 6]]).conditionNumber > 1e15)
    #expect(Self.matrix([[0, 0], [0, 0]]).conditionNumber == 1)
  }
}
