#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Wald's sequential test of one proportion against another.
///
///     ln Λ = x ln(p₁/p₀) + (n − x) ln((1 − p₁)/(1 − p₀))
///
/// No test of the same errors needs fewer sessions on average, at `p₀` and at `p₁`.
///
/// Reference: Wald (1945), *Annals of Mathematical Statistics* 16, 117–186, section 5.
public struct BinomialSPRT: Hashable, Sendable {
  /// The proportion under the null.
  public let null: Double
  /// The proportion under the alternative.
  public let alternative: Double
  /// The bounds of the log likelihood ratio.
  public let bounds: WaldBounds

  /// Creates a test of two different proportions between 0 and 1.
  public init(null: Double, alternative: Double, bounds: WaldBounds = WaldBounds()) {
    precondition(0 < null && null < 1, "a proportion under the null lies between 0 and 1")
    precondition(0 < alternative && alternative < 1, "an alternative lies between 0 and 1")
    precondition(null != alternative, "the alternative differs from the null")
    self.null = null
    self.alternative = alternative
    self.bounds = bounds
  }

  /// The log likelihood ratio, `ln Λ`, in nats.
  public func logLikelihoodRatio(_ tally: Tally) -> Double {
    Double(tally.successes) * gain + Double(tally.failures) * loss
  }

  /// What the sessions so far say.
  public func decision(_ tally: Tally) -> WaldBounds.Decision {
    bounds.decision(logLikelihoodRatio: logLikelihoodRatio(tally))
  }

  /// The least and the greatest number of successes among some sessions at which the test goes on; the
  /// interval is that of `x`, not rounded.
  public func continuation(trials: Int) -> (lower: Double, upper: Double) {
    let n = Double(trials)
    let ends = [bounds.logLower, bounds.logUpper].map { ($0 - n * loss) / (gain - loss) }
    return (min(ends[0], ends[1]), max(ends[0], ends[1]))
  }

  /// The probability of accepting the alternative when the true proportion is another one, by Wald's
  /// approximation, which neglects the excess over the bounds.
  public func acceptance(at p: Double) -> Double {
    precondition(0 < p && p < 1, "a proportion lies between 0 and 1")
    let (a, b) = (bounds.logUpper, bounds.logLower)
    let h = tilt(at: p)
    // As the tilt vanishes, the walk has no drift.
    if abs(h) < 1e-9 { return -b / (a - b) }
    // (1 − Bʰ)/(Aʰ − Bʰ), without powers that overflow.
    return h > 0
      ? exp(-h * a) * (expm1(h * b) / expm1(h * (b - a))) : expm1(-h * b) / expm1(-h * (b - a))
  }

  /// The expected number of sessions at a true proportion, by Wald's approximation.
  public func expectedTrials(at p: Double) -> Double {
    let chance = acceptance(at: p)
    let (a, b) = (bounds.logUpper, bounds.logLower)
    let drift = p * gain + (1 - p) * loss
    let spread = p * gain * gain + (1 - p) * loss * loss
    if abs(tilt(at: p)) < 1e-9 { return -a * b / spread }
    return (chance * a + (1 - chance) * b) / drift
  }

  /// The log ratio of a success and of a failure.
  private var gain: Double { log(alternative / null) }
  private var loss: Double { log1p(-alternative) - log1p(-null) }

  /// The root `h` other than 0 of `p Λ₊ʰ + (1 − p) Λ₋ʰ = 1`: 1 at the null, −1 at the alternative.
  private func tilt(at p: Double) -> Double {
    func excess(_ h: Double) -> Double {
      logSumExp([log(p) + h * gain, log1p(-p) + h * loss])
    }
    let drift = p * gain + (1 - p) * loss
    // Convex and zero at 0: the other root lies where the slope at 0 does not point.
    let side: Double = drift < 0 ? 1 : -1
    if abs(drift) <= 1e-12 * (p * abs(gain) + (1 - p) * abs(loss)) { return 0 }
    var far = side
    while excess(far) < 0 { far *= 2 }
    var near = 0.5 * far
    while excess(near) > 0, abs(near) > 1e-12 { near /= 2 }
    return findRoot(from: near, to: far, of: excess) ?? 0
  }
}
