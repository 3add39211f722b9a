#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Draws of Poisson counts: how many events happen that come independently at a constant rate.
///
///     P(X = k) = λᵏ e^−λ / k!
public struct PoissonSampler: Hashable, Sendable {
  /// The mean `λ`.
  public let mean: Double

  /// Creates a sampler whose mean is positive and at most 2⁵⁰, so that counts are exact.
  public init(mean: Double) {
    precondition(mean > 0 && mean <= 0x1p50, "a Poisson mean lies in 0...2⁵⁰, without 0")
    self.mean = mean
  }

  /// Fills a buffer with draws: counts, as doubles; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    if mean < 10 {
      GuideTable(masses: masses).fill(&draws, using: &rng)
    } else {
      rejection.fill(&draws, using: &rng, logMass: logMass)
    }
  }

  /// The masses of the counts from zero.
  private var masses: some Sequence<Double> {
    sequence(state: (count: 0.0, mass: exp(-mean))) { state -> Double? in
      defer {
        state.count += 1
        state.mass *= mean / state.count
      }
      return state.mass
    }
  }

  private var rejection: TransformedRejection {
    let b = 0.931 + 2.53 * mean.squareRoot()
    return TransformedRejection(
      a: -0.059 + 0.02483 * b, b: b, c: mean + 0.43, squeeze: 0.9277 - 3.6224 / (b - 2),
      scale: 1.1239 + 1.1328 / (b - 3.4))
  }

  private func logMass(_ k: Double) -> Double {
    // λᵏ e^−λ / k! is the mass λᵏ e^−λ / Γ(k) of a gamma distribution, over k.
    k == 0 ? -mean : RegularizedGamma(k).logMass(mean) - log(k)
  }
}
