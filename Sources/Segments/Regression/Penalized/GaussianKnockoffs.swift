public import LinearAlgebra
internal import Probability

/// Copies of the columns that are as correlated as they are, and have nothing to say about the outcome.
///
///     x̃ | x ~ N(x − DΣ⁻¹(x − μ), 2D − DΣ⁻¹D)        D = s · diag Σ,   s = min(1, 2 λ_min(R))
///
/// `μ` and `Σ` are the sample's mean and covariance and `R` its correlations: the copies are exact knockoffs
/// of normal columns with these, and have the right first two moments for any others.
///
/// Reference: Candès, Fan, Janson and Lv (2018), *Journal of the Royal Statistical Society B* 80, 551–577,
/// section 3.4.1 (second-order, equicorrelated).
public struct GaussianKnockoffs: Hashable, Sendable {
  /// The columns followed by their knockoffs.
  public let augmented: DenseMatrix
  /// The part `s` of each column's variance by which it and its knockoff differ, in 0...1.
  public let separation: Double

  /// Draws the knockoffs of a design.
  ///
  /// - Parameters:
  ///   - x: The columns, all of which vary.
  ///   - seed: The seed of the noise; each row has a stream of its own, by its place.
  /// - Throws: `singularInformation` if columns are collinear.
  /// - Complexity: O(*n p*² + *p*³).
  public init(_ x: DenseMatrix, seed: UInt64) throws(FitError) {
    let (rows, count) = (x.rowCount, x.columnCount)
    let shares = Array(repeating: 1 / Double(max(rows, 1)), count: rows)
    let moments = x.columnMoments(weights: shares)
    let (means, scales) = (moments.means, moments.deviations)
    let gram = x.weightedGram(shares)
    var correlations = Matrix(rows: count, columns: count)
    for j in 0..<count {
      guard scales[j] > 0, scales[j].isFinite else { throw .singularInformation(iteration: 0) }
      for i in 0..<count {
        correlations[i, j] =
          i == j ? 1 : (gram[i, j] - means[i] * means[j]) / (scales[i] * scales[j])
      }
    }
    guard let factor = Cholesky(correlations) else { throw .singularInformation(iteration: 0) }
    separation = knockoffSeparation(of: correlations)
    // Of standardised columns: x̃ = (I − sR⁻¹) x + noise of covariance 2sI − s²R⁻¹.
    let inverse = factor.inverse()
    var noise = Matrix(rows: count, columns: count)
    for j in 0..<count {
      for i in 0..<count {
        noise[i, j] = (i == j ? 2 * separation : 0) - separation * separation * inverse[i, j]
      }
    }
    guard let root = Cholesky(noise)?.lowerTriangle else {
      throw .singularInformation(iteration: 0)
    }
    var elements = Array(repeating: 0.0, count: rows * 2 * count)
    let columns = (0..<count).map { x.column($0) }
    for row in 0..<rows {
      let z = (0..<count).map { (columns[$0][row] - means[$0]) / scales[$0] }
      let pulled = inverse.multiplied(by: z)
      var stream = Philox(StreamKey(seed: seed, purpose: .knockoffs, index: UInt64(row)))
      let normal = (0..<count).map { _ in StandardNormal.draw(using: &stream) }
      let spread = root.multiplied(by: normal)
      for j in 0..<count {
        elements[row * 2 * count + j] = columns[j][row]
        elements[row * 2 * count + count + j] =
          means[j] + scales[j] * (z[j] - separation * pulled[j] + spread[j])
      }
    }
    augmented = DenseMatrix(rows: rows, columns: 2 * count, elements: elements)
  }
}
