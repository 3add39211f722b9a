#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension BinomialDistribution {
  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    if probability == 0 || trials == 0 { return 0 }
    if probability == 1 { return Double(trials) }
    // Count the rarer outcome.
    let rarer = BinomialDistribution(
      trials: trials, probability: min(probability, 1 - probability))
    let count =
      rarer.mean < 10 ? rarer.sequentialDraw(using: &rng) : rarer.rejectionDraw(using: &rng)
    return probability <= 0.5 ? count : Double(trials) - count
  }

  /// The first count whose cumulative mass passes a uniform number; O(`mean`).
  private func sequentialDraw(using rng: inout Philox) -> Double {
    let n = Double(trials)
    let odds = probability / (1 - probability)
    while true {
      var (count, mass) = (0.0, exp(n * log1p(-probability)))
      var rest = rng.uniform()
      while rest >= mass {
        rest -= mass
        count += 1
        // Rounding may leave a rest beyond the last count that has any mass: draw afresh.
        if count > n || count > 150 { break }
        mass *= (n - count + 1) / count * odds
      }
      if rest < mass { return count }
    }
  }

  /// Transformed rejection, for a mean of 10 or more.
  ///
  /// Reference: Hörmann (1993), "The generation of binomial random variates", *Journal of
  /// Statistical Computation and Simulation* 46, 101–110, algorithm BTRD's simpler form BTRS.
  private func rejectionDraw(using rng: inout Philox) -> Double {
    // The notation is that of the reference.
    let (n, p) = (Double(trials), probability)
    let spread = variance.squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = mean + 0.5
    let alpha = (2.83 + 5.1 / b) * spread
    let accepted = 0.92 - 4.2 / b
    let peak = logDensity(((n + 1) * p).rounded(.down))
    while true {
      // 1. Transform a uniform number so that it has about the binomial law.
      let u = rng.uniform() - 0.5
      let v = rng.positiveUniform()
      let distance = 0.5 - abs(u)
      let k = ((2 * a / distance + b) * u + c).rounded(.down)
      // 2. In the centre nearly all are right.
      if distance >= 0.07 && v <= accepted { return k }
      if k < 0 || k > n { continue }
      // 3. Elsewhere the density decides.
      if log(v * alpha / (a / (distance * distance) + b)) <= logDensity(k) - peak { return k }
    }
  }
}
