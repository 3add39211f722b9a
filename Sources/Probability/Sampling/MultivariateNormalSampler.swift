/// Draws of normal vectors with a given mean and covariance.
///
///     x = μ + L z,   L Lᵀ = Σ,   z of independent standard normal numbers
///
/// The factor is Cholesky's, never a singular value decomposition: its signs are fixed, so the draws
/// are the same on every machine.
public struct MultivariateNormalSampler: Hashable, Sendable {
  /// The mean `μ`.
  public let mean: [Double]
  /// The lower triangle of `L`, row by row, without the zeros.
  public let factor: [Double]

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - mean: The mean `μ`, of `d` components.
  ///   - factor: The `d(d + 1)/2` entries of the lower triangular Cholesky factor `L` of the covariance,
  ///     row by row.
  public init(mean: [Double], choleskyFactor factor: [Double]) {
    precondition(!mean.isEmpty, "a normal vector has a component")
    precondition(
      factor.count == mean.count * (mean.count + 1) / 2, "a factor has d(d + 1)/2 entries")
    precondition((mean + factor).allSatisfy(\.isFinite), "mean and factor are finite")
    self.mean = mean
    self.factor = factor
  }

  /// Fills a buffer with draws, one vector after another; see ``Philox/fill(_:)`` for what all fills
  /// promise. The buffer has room for a whole number of vectors.
  ///
  /// - Complexity: O(*d*²) a vector.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    let width = mean.count
    precondition(draws.count % width == 0, "a buffer holds whole vectors")
    StandardNormal.fill(&draws, using: &rng)
    var start = 0
    while start < draws.count {
      // From the last component up, each of which needs only those before it.
      for row in (0..<width).reversed() {
        var sum = mean[row]
        for column in 0...row {
          sum += factor[row * (row + 1) / 2 + column] * draws[start + column]
        }
        draws[start + row] = sum
      }
      start += width
    }
  }
}
