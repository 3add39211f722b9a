internal import CKernels

/// The kernels of dense products, at every level of instructions that the machine has.
package enum DenseKernels {
  /// The level of all products: the machine's best.
  static let level = holdfast_machine_level()

  /// The levels that this machine runs, the baseline first; for tests that hold them to one another.
  package static let levels = Array(0...level.rawValue)

  /// The predictor `Xb`, the score `Xᵀr` and the Gram matrix `XᵀWX` of some rows at a level.
  package static func products(
    _ x: [Double], columns: Int, _ b: [Double], _ r: [Double], _ w: [Double], level: UInt32
  ) -> (predictor: [Double], score: [Double], gram: Matrix) {
    let (rows, level) = (r.count, holdfast_level(rawValue: level))
    precondition(
      x.count == rows * columns && b.count == columns && w.count == rows,
      "products have fitting sides")
    var predictor = Array(repeating: 0.0, count: rows)
    var score = Array(repeating: 0.0, count: columns)
    var gram = Matrix(rows: columns, columns: columns)
    var scratch = Array(repeating: 0.0, count: holdfast_gram_scratch(columns))
    holdfast_dense_predictor(level, x, rows, columns, b, &predictor)
    holdfast_dense_score(level, x, rows, columns, r, &score)
    holdfast_dense_gram(level, x, rows, columns, w, &gram.elements, columns, &scratch)
    return (predictor, score, gram)
  }
}
