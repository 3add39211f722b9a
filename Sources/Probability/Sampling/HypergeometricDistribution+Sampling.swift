#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension HypergeometricDistribution {
  /// A draw: a count, as a double; O(1).
  public func draw(using rng: inout Philox) -> Double {
    let law = nearer
    return count(
      law.draws <= 12 ? law.urnDraw(using: &rng) : RatioOfUniforms(law).draw(using: &rng))
  }

  /// Fills a buffer with draws: counts, as doubles; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    let law = nearer
    if AliasTable.pays(standardDeviation: law.variance.squareRoot(), draws: draws.count) {
      AliasTable(mode: Double(law.mode), least: 0, ratio: law.massRatio).fill(&draws, using: &rng)
    } else {
      let method = RatioOfUniforms(law)
      rng.withSixteens { rng in
        for index in draws.indices { draws[index] = method.draw(using: &rng) }
      }
    }
    for index in draws.indices { draws[index] = count(draws[index]) }
  }

  /// The law of the outcome that is rarer, among the members drawn or those left, of which there are
  /// fewer, with no more draws than successes; its counts start at zero.
  private var nearer: HypergeometricDistribution {
    let (hits, count) = (min(successes, population - successes), min(draws, population - draws))
    return HypergeometricDistribution(
      population: population, successes: max(hits, count), draws: min(hits, count))
  }

  /// The count that one of the nearer law stands for.
  private func count(_ k: Double) -> Double {
    let drawn = 2 * draws <= population ? draws : population - draws
    let hits = 2 * successes <= population ? k : Double(drawn) - k
    return drawn == draws ? hits : Double(successes) - hits
  }

  /// P(k + 1)/P(k).
  private func massRatio(_ k: Double) -> Double {
    let (hits, count) = (Double(successes), Double(draws))
    return (hits - k) / (k + 1) * ((count - k) / (Double(population - successes - draws) + k + 1))
  }

  /// One member after another; O(`draws`).
  private func urnDraw(using rng: inout Philox) -> Double {
    var hits = successes
    for drawn in 0..<draws where rng.index(below: population - drawn) < hits { hits -= 1 }
    return Double(successes - hits)
  }
}

/// Draws of one hypergeometric law by the ratio of uniform numbers.
///
/// A point `(u, v)` under the square root of the mass gives the count `⌊a + h (v − ½)/u⌋`; it is
/// kept if `u² ≤ f(k)/f(mode)`.
///
/// Reference: Stadlober (1990), "The ratio of uniforms approach for generating discrete random
/// variates", *Journal of Computational and Applied Mathematics* 31, 181–189, algorithm HRUE.
private struct RatioOfUniforms {
  let law: HypergeometricDistribution
  /// The center `a` of the hat.
  let center: Double
  /// The width `h` of the hat.
  let width: Double
  /// The greatest mass, on the scale of `logShape`.
  let top: Double
  let last: Double

  init(_ law: HypergeometricDistribution) {
    self.law = law
    center = law.mean + 0.5
    let e = 2.718281828459045
    width =
      2 * (2 / e).squareRoot() * (law.variance + 0.5).squareRoot() + 3 - 2 * (3 / e).squareRoot()
    top = law.logShape(Double(law.mode))
    last = Double(law.support.upperBound)
  }

  func draw(using rng: inout Philox) -> Double {
    while true {
      let (u, v) = (rng.positiveUniform(), rng.uniform())
      let k = (center + width * (v - 0.5) / u).rounded(.down)
      if k < 0 || k > last { continue }
      let logRatio = law.logShape(k) - top
      // Squeezes on both sides of 2 ln u, then the logarithm itself.
      if u * (4 - u) - 3 <= logRatio { return k }
      if u * (u - logRatio) >= 1 { continue }
      if 2 * log(u) <= logRatio { return k }
    }
  }
}
