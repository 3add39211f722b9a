import LinearAlgebra
import TestSupport
import Testing

@Suite struct DenseKernelsTests {
  /// Widths on both sides of the vectors and tiles, and rows that no block divides.
  @Test(arguments: [1, 5, 7, 8, 9, 16, 23, 26, 33, 50])
  func levelsAgree(_ columns: Int) {
    let rows = 203
    let x = (0..<(rows * columns)).map { Double($0 * 7_919 % 1_009) / 500 - 1 }
    let b = (0..<columns).map { Double($0 % 5) / 3 - 0.6 }
    let r = (0..<rows).map { Double($0 % 9) / 7 - 0.5 }
    let w = (0..<rows).map { Double($0 % 4) / 9 }
    let all = DenseKernels.levels.map {
      DenseKernels.products(x, columns: columns, b, r, w, level: $0)
    }
    // Fused levels to the bit, the baseline by rounding.
    for vector in all.dropFirst().dropFirst() {
      #expect(vector.predictor == all[1].predictor && vector.score == all[1].score)
      #expect(vector.gram == all[1].gram)
    }
    for level in all {
      for row in 0..<rows {
        let sum = (0..<columns).reduce(0.0) { $0 + x[row * columns + $1] * b[$1] }
        #expect(abs(level.predictor[row] - sum) < 1e-13)
      }
      for j in 0..<columns {
        let sum = (0..<rows).reduce(0.0) { $0 + x[$1 * columns + j] * r[$1] }
        #expect(abs(level.score[j] - sum) < 1e-12)
        for k in 0...j {
          let sum = (0..<rows).reduce(0.0) {
            $0 + x[$1 * columns + j] * w[$1] * x[$1 * columns + k]
          }
          #expect(abs(level.gram[j, k] - sum) < 1e-12)
        }
      }
    }
  }

  /// A number that is not finite stays in its own row and column.
  @Test func whatIsNotFiniteStaysWhereItIs() {
    var x = Array(repeating: 1.0, count: 20 * 11)
    x[3 * 11 + 10] = .infinity
    for level in DenseKernels.levels {
      let ones = Array(repeating: 1.0, count: 20)
      let products = DenseKernels.products(
        x, columns: 11, Array(repeating: 1, count: 11), ones, ones, level: level)
      for row in 0..<20 { #expect(products.predictor[row].isFinite == (row != 3)) }
      for column in 0..<11 { #expect(products.score[column].isFinite == (column != 10)) }
      for column in 0..<10 { #expect(products.gram[column, column] == 20) }
    }
  }
}
