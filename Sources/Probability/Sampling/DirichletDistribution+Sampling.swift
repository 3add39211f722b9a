#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// The shares of gamma variables, `xₖ = Gₖ / Σ Gⱼ` with `Gₖ ~ Gamma(αₖ)`, are taken on logarithms, so
// that small concentrations do not divide zero by zero.
extension DirichletDistribution {
  /// A draw; shares that are too small for a double are 0.
  public func draw(using rng: inout Philox) -> [Double] {
    let logs = concentrations.map { GammaDistribution.standardLogDraw(shape: $0, using: &rng) }
    let whole = logSumExp(logs)
    return logs.map { exp($0 - whole) }
  }

  /// Fills a buffer with draws, one vector after another; see ``Philox/fill(_:)`` for what all fills
  /// promise. The buffer has room for a whole number of vectors.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    let width = concentrations.count
    precondition(draws.count % width == 0, "a buffer holds whole vectors")
    let rows = draws.count / width
    let logs = concentrations.map { shape in
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
