/// A matrix that regression reaches by its three products alone.
///
///     η = Xβ        s = Xᵀr        H = XᵀWX
///
/// Rows are sessions, columns are coefficients. What lies behind the products (dense numbers,
/// category codes, several kinds side by side) is the conformer's affair; a solver cannot tell.
public protocol DesignMatrix: Sendable {
  /// The number of sessions `n`.
  var rowCount: Int { get }
  /// The number of coefficients `p`.
  var columnCount: Int { get }
  /// The linear predictor `Xβ`, one element a row.
  func multiplied(by coefficients: [Double]) -> [Double]
  /// The product `Xᵀr`, one element a column.
  func transposeMultiplied(by residuals: [Double]) -> [Double]
  /// The weighted Gram matrix `XᵀWX` for `W = diag(weights)`, symmetric, `p × p`.
  func weightedGram(_ weights: [Double]) -> Matrix
}
