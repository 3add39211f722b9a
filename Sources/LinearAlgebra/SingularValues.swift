extension Matrix {
  /// The singular values, the greatest first.
  ///
  /// Rotations in the plane of two columns make all of them orthogonal; the singular values are then their
  /// lengths. Small ones keep more digits than the roots of the eigenvalues of `AᵀA` would.
  ///
  /// - Complexity: O(*m n*²) for each of some ten sweeps, for *m* rows and *n* columns.
  ///
  /// Reference: Hestenes (1958), *Journal of the Society for Industrial and Applied Mathematics* 6, 51–90;
  /// Golub and Van Loan (2013), *Matrix Computations*, 4th edition, section 8.6.3.
  public var singularValues: [Double] {
    precondition(rowCount >= columnCount, "a tall matrix has a singular value a column")
    var columns = (0..<columnCount).map { column in (0..<rowCount).map { self[$0, column] } }
    var isOrthogonal = false
    for _ in 0..<60 where !isOrthogonal {
      isOrthogonal = true
      for second in columns.indices.dropFirst() {
        for first in 0..<second where Self.rotate(&columns, first, second) { isOrthogonal = false }
      }
    }
    return columns.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }.sorted(by: >)
  }

  /// The quotient of the greatest and the least singular value; infinite for dependent columns.
  public var conditionNumber: Double {
    let values = singularValues
    guard let greatest = values.first, let least = values.last, greatest > 0 else { return 1 }
    return greatest / least
  }

  /// Makes two columns orthogonal; returns whether they were not.
  private static func rotate(_ columns: inout [[Double]], _ first: Int, _ second: Int) -> Bool {
    var (alpha, beta, gamma) = (0.0, 0.0, 0.0)
    for row in columns[first].indices {
      let (x, y) = (columns[first][row], columns[second][row])
      alpha += x * x
      beta += y * y
      gamma += x * y
    }
    guard abs(gamma) > .ulpOfOne * (alpha * beta).squareRoot() else { return false }
    let zeta = (beta - alpha) / (2 * gamma)
    let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = cosine * tangent
    for row in columns[first].indices {
      let (x, y) = (columns[first][row], columns[second][row])
      columns[first][row] = cosine * x - sine * y
      columns[second][row] = sine * x + cosine * y
    }
    return true
  }
}
