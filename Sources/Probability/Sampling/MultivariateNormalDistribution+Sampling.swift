extension MultivariateNormalDistribution {
  /// A draw; O(*d*²).
  public func draw(using rng: inout Philox) -> [Double] {
    var draw = mean.map { _ in StandardNormal.draw(using: &rng) }
    var span = draw.mutableSpan
    transform(&span, from: 0)
    return draw
  }

  /// Fills a buffer with draws, one vector after another; see ``Philox/fill(_:)`` for what all fills
  /// promise. The buffer has room for a whole number of vectors.
  ///
  /// - Complexity: O(*d*²) a vector.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    precondition(draws.count % mean.count == 0, "a buffer holds whole vectors")
    StandardNormal.fill(&draws, using: &rng)
    for start in stride(from: 0, to: draws.count, by: mean.count) { transform(&draws, from: start) }
  }

  /// Turns the vector `z` at a place of a buffer into `μ + Lz`.
  private func transform(_ draws: inout MutableSpan<Double>, from start: Int) {
    // From the last component up, each of which needs only those before it.
    for row in mean.indices.reversed() {
      var sum = mean[row]
      for column in 0...row { sum += factor[row * (row + 1) / 2 + column] * draws[start + column] }
      draws[start + row] = sum
    }
  }
}
