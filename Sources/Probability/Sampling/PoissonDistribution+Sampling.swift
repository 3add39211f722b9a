#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension PoissonDistribution {
  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    mean < 10 ? sequentialDraw(using: &rng) : rejection.draw(using: &rng, logMass: logDensity)
  }

  /// Fills a buffer with draws: counts, as doubles; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    if AliasTable.pays(standardDeviation: mean.squareRoot(), draws: draws.count) {
      AliasTable(mode: mean.rounded(.down), least: 0) { mean / ($0 + 1) }
        .fill(&draws, using: &rng)
    } else {
      rejection.fill(&draws, using: &rng, logMass: logDensity)
    }
  }

  /// The first count whose cumulative mass passes a uniform number; O(`mean`).
  private func sequentialDraw(using rng: inout Philox) -> Double {
    let none = exp(-mean)
    while true {
      var (count, mass) = (0.0, none)
      var rest = rng.uniform()
      // Rounding may leave a rest beyond the last count that has any mass: then draw afresh.
      while rest >= mass && count < 150 {
        rest -= mass
        count += 1
        mass *= mean / count
      }
      if rest < mass { return count }
    }
  }

  /// Hörmann's algorithm PTRS, in the notation of the reference.
  private var rejection: TransformedRejection {
    let b = 0.931 + 2.53 * mean.squareRoot()
    return TransformedRejection(
      a: -0.059 + 0.02483 * b, b: b, c: mean + 0.43, squeeze: 0.9277 - 3.6224 / (b - 2),
      scale: 1.1239 + 1.1328 / (b - 3.4))
  }
}
