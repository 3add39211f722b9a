public import LinearAlgebra
internal import Probability

/// Copies of columns that stand as they are: nothing is supposed of how the columns came about.
///
///     X̃ = X(I − sR⁻¹) + ŨC        ŨᵀX = 0,  ŨᵀŨ = I,  CᵀC = 2sI − s²R⁻¹,   s = min(1, 2 λ_min(R))
///
/// `X` are the columns, centred and of length 1, and `R = XᵀX`. Then `X̃ᵀX̃ = R` and `XᵀX̃ = R − sI` exactly:
/// to swap a column and its knockoff changes no product of columns. With an outcome that is linear in the
/// columns with normal noise of one variance the ``KnockoffFilter`` holds its rate in any sample, for
/// statistics that see the outcome through its products with the columns: those of a path of least squares,
/// or ``KnockoffFilter/marginalStatistics(of:_:)``. ``GaussianKnockoffs`` instead leave the outcome free,
/// and take the columns for normal.
///
/// Reference: Barber and Candès (2015), *Annals of Statistics* 43, 2055–2085, section 2.1 (equicorrelated).
public struct FixedKnockoffs: Hashable, Sendable {
  /// The columns followed by their knockoffs, which have the columns' means and variances.
  public let augmented: DenseMatrix
  /// The part `s` of each column's variance by which it and its knockoff differ, in 0...1.
  public let separation: Double

  /// Makes the knockoffs of a design.
  ///
  /// - Parameters:
  ///   - x: The columns, all of which vary, without an intercept.
  ///   - seed: The seed of the directions `Ũ`, which nothing but chance prefers to others.
  /// - Throws: `tooFewRows` if there are fewer than two rows a column and one more, `singularInformation`
  ///   if columns are collinear.
  /// - Complexity: O(*n p*² + *p*³).
  public init(_ x: DenseMatrix, seed: UInt64) throws(FitError) {
    let (rows, count) = (x.rowCount, x.columnCount)
    guard rows > 2 * count else { throw .tooFewRows(rows: rows, columns: 2 * count + 1) }
    let shares = Array(repeating: 1 / Double(rows), count: rows)
    let moments = x.columnMoments(weights: shares)
    let root = Double(rows).squareRoot()
    var units: [[Double]] = []
    for j in 0..<count {
      let (mean, scale) = (moments.means[j], moments.deviations[j])
      guard scale > 0, scale.isFinite else { throw .singularInformation(iteration: 0) }
      units.append(x.column(j).map { ($0 - mean) / (scale * root) })
    }
    var correlations = Matrix.identity(count)
    for j in 0..<count {
      for i in 0..<j {
        correlations[i, j] = dot(units[i], units[j])
        correlations[j, i] = correlations[i, j]
      }
    }
    guard let factor = Cholesky(correlations) else { throw .singularInformation(iteration: 0) }
    let s = knockoffSeparation(of: correlations)
    let inverse = factor.inverse()
    var spread = Matrix(rows: count, columns: count)
    for j in 0..<count {
      for i in 0..<count { spread[i, j] = (i == j ? 2 * s : 0) - s * s * inverse[i, j] }
    }
    guard let lower = Cholesky(spread)?.lowerTriangle else {
      throw .singularInformation(iteration: 0)
    }
    let others = Self.directions(count, beside: units, seed: seed)
    var elements = Array(repeating: 0.0, count: rows * 2 * count)
    for j in 0..<count {
      var knockoff = units[j]
      for k in 0..<count {
        // X(I − sR⁻¹) and ŨC with C = Lᵀ, column by column.
        let (own, other) = (-s * inverse[k, j], k <= j ? lower[j, k] : 0)
        for row in 0..<rows { knockoff[row] += own * units[k][row] + other * others[k][row] }
      }
      let column = x.column(j)
      for row in 0..<rows {
        elements[row * 2 * count + j] = column[row]
        elements[row * 2 * count + count + j] =
          moments.means[j] + moments.deviations[j] * root * knockoff[row]
      }
    }
    augmented = DenseMatrix(rows: rows, columns: 2 * count, elements: elements)
    separation = s
  }

  /// Orthonormal directions, orthogonal to a constant and to the columns: Gram and Schmidt on normal draws,
  /// each taken against all before it twice.
  private static func directions(
    _ count: Int, beside columns: [[Double]], seed: UInt64
  ) -> [[Double]] {
    let rows = columns.first?.count ?? 0
    let constant = Array(repeating: 1 / Double(rows).squareRoot(), count: rows)
    var basis: [[Double]] = []
    func add(_ vector: [Double]) {
      var own = vector
      for _ in 0..<2 {
        for earlier in basis {
          let part = dot(own, earlier)
          for row in own.indices { own[row] -= part * earlier[row] }
        }
      }
      let length = dot(own, own).squareRoot()
      basis.append(own.map { $0 / length })
    }
    for column in [constant] + columns { add(column) }
    for index in 0..<count {
      var stream = Philox(StreamKey(seed: seed, purpose: .knockoffs, index: UInt64(index)))
      add((0..<rows).map { _ in StandardNormal.draw(using: &stream) })
    }
    return Array(basis.suffix(count))
  }
}

/// The inner product of two vectors.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  a.indices.reduce(0.0) { $0 + a[$1] * b[$1] }
}
