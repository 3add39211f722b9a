import LinearAlgebra
import TestSupport
import Testing

@Suite struct QRFactorizationTests {
  // Longley (1967), Journal of the American Statistical Association 62, 819–841: price deflator,
  // product, unemployed, armed forces, population, year, employed. Condition number 2.4e7.
  static let longley: [[Double]] = [
    [83, 234.289, 235.6, 159, 107.608, 1947, 60.323],
    [88.5, 259.426, 232.5, 145.6, 108.632, 1948, 61.122],
    [88.2, 258.054, 368.2, 161.6, 109.773, 1949, 60.171],
    [89.5, 284.599, 335.1, 165, 110.929, 1950, 61.187],
    [96.2, 328.975, 209.9, 309.9, 112.075, 1951, 63.221],
    [98.1, 346.999, 193.2, 359.4, 113.27, 1952, 63.639],
    [99, 365.385, 187, 354.7, 115.094, 1953, 64.989],
    [100, 363.112, 357.8, 335, 116.219, 1954, 63.761],
    [101.2, 397.469, 290.4, 304.8, 117.388, 1955, 66.019],
    [104.6, 419.18, 282.2, 285.7, 118.734, 1956, 67.857],
    [108.4, 442.769, 293.6, 279.8, 120.445, 1957, 68.169],
    [110.8, 444.546, 468.1, 263.7, 121.95, 1958, 66.513],
    [112.6, 482.704, 381.3, 255.2, 123.366, 1959, 68.655],
    [114.2, 502.601, 393.1, 251.4, 125.368, 1960, 69.564],
    [115.7, 518.173, 480.6, 257.2, 127.852, 1961, 69.331],
    [116.9, 554.894, 400.7, 282.7, 130.081, 1962, 70.551],
  ]

  // R 4.2.2, lm().
  static let coefficients = [
    -3482.25863459581,
    0.015061872271373,
    -0.035819179292591,
    -0.0202022980381682,
    -0.0103322686717359,
    -0.051104105653579,
    1.82915146461355,
  ]

  static func design(_ rows: [[Double]]) -> Matrix {
    var matrix = Matrix(rows: rows.count, columns: rows[0].count)
    for (index, row) in rows.enumerated() {
      for (column, value) in row.enumerated() { matrix[index, column] = value }
    }
    return matrix
  }

  @Test func longleyIsFittedToNineDigits() throws {
    let x = Self.design(Self.longley.map { [1] + $0.dropLast() })
    let y = Self.longley.map { $0[6] }
    let fit = try #require(QRFactorization(x)).leastSquares(y)
    for (computed, expected) in zip(fit, Self.coefficients) {
      #expect(relativeError(computed, expected) < 1e-8)
    }
    let fitted = x.multiplied(by: fit)
    let squares = zip(y, fitted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(relativeError((squares / 9).squareRoot(), 0.304854073561966) < 1e-8)
  }

  @Test func aDependentColumnHasNoFactor() {
    let rows = Self.longley.map { [1, $0[0], 2 * $0[0] - 3] }
    #expect(QRFactorization(Self.design(rows)) == nil)
  }
}
