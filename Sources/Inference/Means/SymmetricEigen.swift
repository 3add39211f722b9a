package import LinearAlgebra

/// The eigenvalues and eigenvectors of a small symmetric matrix, `A = V diag(λ) Vᵀ`, by Jacobi's
/// rotations.
///
/// A sweep turns each off-diagonal element to zero once; the last sweeps converge quadratically.
///
/// Reference: Golub and Van Loan (2013), *Matrix Computations*, 4th edition, algorithm 8.5.2.
package struct SymmetricEigen {
  /// The eigenvalues, in no order.
  package private(set) var values: [Double]
  /// The eigenvectors, as columns in the order of the values.
  package private(set) var vectors: Matrix

  /// Decomposes a matrix; nil if it holds a number that is not finite.
  ///
  /// - Complexity: O(*n*³) per sweep, of which some six are needed.
  package init?(_ matrix: Matrix) {
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    let order = matrix.rowCount
    var a = matrix
    vectors = .identity(order)
    let norm = a.elements.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<50 {
      var rest = 0.0
      for p in 0..<order { for q in 0..<p { rest += a[p, q] * a[p, q] } }
      guard rest > 0x1p-106 * norm else { break }
      for p in 1..<order { for q in 0..<p { Self.rotate(&a, &vectors, p, q) } }
    }
    values = (0..<order).map { a[$0, $0] }
  }

  /// Turns the plane of two axes so that their element vanishes.
  private static func rotate(_ a: inout Matrix, _ vectors: inout Matrix, _ p: Int, _ q: Int) {
    guard a[p, q] != 0 else { return }
    let tau = (a[q, q] - a[p, p]) / (2 * a[p, q])
    let t = (tau < 0 ? -1 : 1) / (abs(tau) + (1 + tau * tau).squareRoot())
    let c = 1 / (1 + t * t).squareRoot()
    let s = t * c
    for k in 0..<a.rowCount {
      (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q])
    }
    for k in 0..<a.rowCount {
      (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k])
      (vectors[k, p], vectors[k, q]) = (
        c * vectors[k, p] - s * vectors[k, q], s * vectors[k, p] + c * vectors[k, q]
      )
    }
  }
}
