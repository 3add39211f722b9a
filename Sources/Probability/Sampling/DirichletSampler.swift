#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Draws of Dirichlet vectors: what is known of several proportions that sum to 1.
///
///     f(x) ∝ Π xₖ^(αₖ−1),   xₖ > 0,   Σ xₖ = 1
public struct DirichletSampler: Hashable, Sendable {
  /// The shapes `αₖ`.
  public let shapes: [Double]

  /// Creates a sampler whose shapes, at least one, are positive and finite.
  public init(shapes: [Double]) {
    precondition(!shapes.isEmpty, "a Dirichlet vector has a component")
    precondition(shapes.allSatisfy { $0 > 0 && $0.isFinite }, "a shape is positive and finite")
    self.shapes = shapes
  }

  /// Fills a buffer with draws, one vector after another; see ``Philox/fill(_:)`` for what all fills
  /// promise.
  ///
  ///     xₖ = Gₖ / Σ Gⱼ,   Gₖ ~ Gamma(αₖ)
  ///
  /// The shares are taken on logarithms, so small shapes do not divide zero by zero; a component
  /// too small for a double is zero.
  /// The buffer has room for a whole number of vectors.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    let width = shapes.count
    precondition(draws.count % width == 0, "a buffer holds whole vectors")
    let rows = draws.count / width
    let logs = shapes.map { shape in
      var component = [Double](repeating: 0, count: rows)
      var span = component.mutableSpan
      GammaDistribution(shape: shape).fillLogarithms(&span, using: &rng)
      return component
    }
    for row in 0..<rows {
      var greatest = -Double.infinity
      for component in 0..<width { greatest = max(greatest, logs[component][row]) }
      var sum = 0.0
      for component in 0..<width {
        let part = exp(logs[component][row] - greatest)
        draws[row * width + component] = part
        sum += part
      }
      for component in 0..<width { draws[row * width + component] /= sum }
    }
  }
}
