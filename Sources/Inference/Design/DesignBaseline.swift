#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What is known of the control's outcomes before a test: what its plan rests on.
public enum DesignBaseline: Hashable, Sendable {
  /// Outcomes are successes or not: the control's probability of success, above 0 and below 1.
  case rate(Double)
  /// Outcomes are numbers: the control's mean, which only a relative lift needs, and the standard
  /// deviations of both arms, positive.
  case mean(Double?, controlDeviation: Double, offerDeviation: Double)
  /// Outcomes are times to an event: the control's probability of an event inside the window, above 0
  /// and at most 1.
  case events(Double)

  /// The control's mean outcome, if it is known.
  public var controlMean: Double? {
    switch self {
    case .rate(let rate), .events(let rate): rate
    case .mean(let mean, _, _): mean
    }
  }

  /// The mean outcome of an offer that has an effect.
  ///
  ///     difference  m₀ + δ     lift  m₀(1 + L)     odds  ψp₀/(q₀ + ψp₀)     hazard  1 − (1 − P₀)^θ
  ///
  /// - Returns: The mean, which may be outside of what a mean can be; nil if the control's is not known,
  ///   or has no such effect.
  public func offerMean(effect: Double, on scale: TestDescription.Scale) -> Double? {
    guard let mean = controlMean else { return nil }
    switch (scale, self) {
    case (.difference, _): return mean + effect
    case (.relativeLift, _): return mean * (1 + effect)
    case (.oddsRatio, .rate): return effect * mean / (1 - mean + effect * mean)
    case (.hazardRatio, .events): return -expm1(effect * log1p(-mean))
    default: return nil
    }
  }

  /// The effect of an offer that has a mean outcome: the inverse of ``offerMean(effect:on:)``.
  public func effect(offerMean: Double, on scale: TestDescription.Scale) -> Double? {
    guard let mean = controlMean else { return nil }
    switch (scale, self) {
    case (.difference, _): return offerMean - mean
    case (.relativeLift, _): return mean == 0 ? nil : (offerMean - mean) / mean
    case (.oddsRatio, .rate): return offerMean / (1 - offerMean) * ((1 - mean) / mean)
    case (.hazardRatio, .events): return log1p(-offerMean) / log1p(-mean)
    default: return nil
    }
  }
}
