#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension PoissonDistribution {
  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    mean < 10 ? sequentialDraw(using: &rng) : rejectionDraw(using: &rng)
  }

  /// The first count whose cumulative mass passes a uniform number; O(`mean`).
  private func sequentialDraw(using rng: inout Philox) -> Double {
    while true {
      var (count, mass) = (0.0, exp(-mean))
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

  /// Transformed rejection, for a mean of 10 or more.
  ///
  /// Reference: Hörmann (1993), "The transformed rejection method for generating Poisson random
  /// variables", *Insurance: Mathematics and Economics* 12, 39–45, algorithm PTRS.
  private func rejectionDraw(using rng: inout Philox) -> Double {
    // The notation is that of the reference.
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let accepted = 0.9277 - 3.6224 / (b - 2)
    while true {
      // 1. Transform a uniform number so that it has about the Poisson law.
      let u = rng.uniform() - 0.5
      let v = rng.positiveUniform()
      let distance = 0.5 - abs(u)
      let k = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
      // 2. In the centre nearly all are right.
      if distance >= 0.07 && v <= accepted { return k }
      if k < 0 || (distance < 0.013 && v > distance) { continue }
      // 3. Elsewhere the mass decides.
      if log(v * inverseAlpha / (a / (distance * distance) + b)) <= logDensity(k) { return k }
    }
  }
}
