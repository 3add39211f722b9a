#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension BinomialDistribution {
  /// Fills a buffer with draws: counts, as doubles; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    if probability > 0.5 {
      // Count the rarer outcome.
      BinomialDistribution(trials: trials, probability: 1 - probability).fill(&draws, using: &rng)
      for index in draws.indices { draws[index] = Double(trials) - draws[index] }
    } else if mean < 10 {
      GuideTable(masses: masses).fill(&draws, using: &rng)
    } else {
      let peak = logDensity(((Double(trials) + 1) * probability).rounded(.down))
      rejection.fill(&draws, using: &rng) { logDensity($0) - peak }
    }
  }

  /// The masses of the counts from zero.
  private var masses: some Sequence<Double> {
    let n = Double(trials)
    let odds = probability / (1 - probability)
    let none = exp(n * log1p(-probability))
    return sequence(state: (count: 0.0, mass: none)) { state -> Double? in
      guard state.count <= n else { return nil }
      defer {
        state.count += 1
        state.mass *= (n - state.count + 1) / state.count * odds
      }
      return state.mass
    }
  }

  private var rejection: TransformedRejection {
    let spread = variance.squareRoot()
    let b = 1.15 + 2.53 * spread
    return TransformedRejection(
      a: -0.0873 + 0.0248 * b + 0.01 * probability, b: b, c: mean + 0.5, squeeze: 0.92 - 4.2 / b,
      scale: (2.83 + 5.1 / b) * spread)
  }
}
