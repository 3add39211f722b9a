#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension BinomialDistribution {
  /// A draw: a count, as a double.
  public func draw(using rng: inout Philox) -> Double {
    if probability > 0.5 { return Double(trials) - complement.draw(using: &rng) }
    return mean < 10 ? sequentialDraw(using: &rng) : rejection.draw(using: &rng, logMass: logShare)
  }

  /// Fills a buffer with draws: counts, as doubles; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    if probability > 0.5 {
      complement.fill(&draws, using: &rng)
      for index in draws.indices { draws[index] = Double(trials) - draws[index] }
    } else if AliasTable.pays(standardDeviation: variance.squareRoot(), draws: draws.count) {
      AliasTable(mode: mode, least: 0, ratio: massRatio).fill(&draws, using: &rng)
    } else {
      rejection.fill(&draws, using: &rng, logMass: logShare)
    }
  }

  /// The law of the failures, which are the rarer outcome where successes are not.
  private var complement: BinomialDistribution {
    BinomialDistribution(trials: trials, probability: 1 - probability)
  }

  /// `⌊(n + 1)p⌋`.
  private var mode: Double { ((Double(trials) + 1) * probability).rounded(.down) }

  /// P(k + 1)/P(k).
  private func massRatio(_ k: Double) -> Double {
    (Double(trials) - k) / (k + 1) * (probability / (1 - probability))
  }

  /// ln(P(k)/P(mode)).
  private func logShare(_ k: Double) -> Double { logDensity(k) - logDensity(mode) }

  /// The first count whose cumulative mass passes a uniform number; O(`mean`).
  private func sequentialDraw(using rng: inout Philox) -> Double {
    let none = exp(Double(trials) * log1p(-probability))
    while true {
      var (count, mass) = (0.0, none)
      var rest = rng.uniform()
      // Rounding may leave a rest beyond the last count that has any mass: then draw afresh.
      while rest >= mass && count < 150 {
        rest -= mass
        mass *= massRatio(count)
        count += 1
      }
      if rest < mass { return count }
    }
  }

  /// Hörmann's algorithm BTRS, in the notation of the reference.
  private var rejection: TransformedRejection {
    let spread = variance.squareRoot()
    let b = 1.15 + 2.53 * spread
    return TransformedRejection(
      a: -0.0873 + 0.0248 * b + 0.01 * probability, b: b, c: mean + 0.5, squeeze: 0.92 - 4.2 / b,
      scale: (2.83 + 5.1 / b) * spread)
  }
}
