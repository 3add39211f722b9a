import LinearAlgebra
import TestSupport
import Testing

/// The factor that grows by outer products, against Cholesky's of the whole matrix.
@Suite struct LDLFactorizationTests {
  /// A matrix of some order after updates, as a sum and by its factor.
  func grown(_ order: Int, updates: Int? = nil) -> (matrix: Matrix, factor: LDLFactorization) {
    let diagonal = (0..<order).map { 0.5 + Double($0 % 3) }
    var factor = LDLFactorization(diagonal: diagonal)
    var matrix = Matrix(rows: order, columns: order)
    for row in 0..<order { matrix[row, row] = diagonal[row] }
    for step in 1...(updates ?? 2 * order) {
      let x = (0..<order).map { index in
        let numerator = (index + 2) * step * 7 % 11 - 5
        return Double(numerator) / Double(1 + index * step % 4)
      }
      let weight = Double(step % 5) / 3
      factor.add(x.span, weight: weight)
      for row in 0..<order {
        for column in 0..<order { matrix[row, column] += weight * x[row] * x[column] }
      }
    }
    return (matrix, factor)
  }

  @Test(arguments: [1, 2, 7, 40])
  func theFactorIsThatOfTheSum(_ order: Int) throws {
    let (matrix, factor) = grown(order)
    let other = try #require(Cholesky(matrix))
    let found = factor.matrix
    let scale = (0..<order).reduce(0) { max($0, matrix[$1, $1]) }
    for (a, b) in zip(found.elements, matrix.elements) { #expect(abs(a - b) < 1e-13 * scale) }
    let b = (0..<order).map { Double($0 % 4) - 1.5 }
    var solution = b
    factor.solve(&solution)
    let expected = other.solve(b)
    let size = expected.reduce(0) { max($0, abs($1)) }
    for (a, e) in zip(solution, expected) { #expect(abs(a - e) < 1e-10 * size) }
    let form = zip(b, expected).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(relativeError(factor.inverseForm(b.span), form) < 1e-10)
    let (inverse, theirs) = (factor.inverse, other.inverse())
    for (a, e) in zip(inverse.elements, theirs.elements) { #expect(abs(a - e) < 1e-10 * size) }
  }

  /// Nothing is ever taken away, so that rounding does not gather.
  @Test func aHundredThousandUpdatesKeepTheirDigits() throws {
    let (matrix, factor) = grown(6, updates: 100_000)
    let found = factor.matrix
    let scale = (0..<6).reduce(0) { max($0, matrix[$1, $1]) }
    for (a, b) in zip(found.elements, matrix.elements) { #expect(abs(a - b) < 1e-12 * scale) }
    var solution = [1.0, -1, 0.5, 0, 2, -0.25]
    let expected = try #require(Cholesky(matrix)).solve(solution)
    factor.solve(&solution)
    let size = expected.reduce(0) { max($0, abs($1)) }
    for (a, e) in zip(solution, expected) { #expect(abs(a - e) < 1e-11 * size) }
  }

  /// `Σ zzᵀ` of the images of all unit vectors is the inverse.
  @Test func normalVariablesHaveTheInverseForTheirCovariance() {
    let (_, factor) = grown(5)
    var covariance = Matrix(rows: 5, columns: 5)
    for unit in 0..<5 {
      var z = (0..<5).map { $0 == unit ? 1.0 : 0 }
      factor.correlate(&z)
      for row in 0..<5 {
        for column in 0..<5 { covariance[row, column] += z[row] * z[column] }
      }
    }
    let inverse = factor.inverse
    for (found, expected) in zip(covariance.elements, inverse.elements) {
      #expect(abs(found - expected) < 1e-14)
    }
  }

  @Test func whatIsNotSeenTogetherStaysApart() {
    var factor = LDLFactorization(diagonal: [2, 3, 4])
    factor.add([0, 1, 0].span, weight: 0.1)
    var b = [1.0, 1, 1]
    factor.solve(&b)
    #expect(b == [0.5, 1 / 3.1, 0.25])
  }
}
