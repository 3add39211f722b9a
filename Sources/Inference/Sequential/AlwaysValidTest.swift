#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A test that may be looked at after every session, and the interval that is valid at every look.
///
/// Any estimate with a standard error will do, once it is nearly normal: of tallies, once each arm has
/// some ten successes. Before that even one look may reject too often, 13 % at a level of 5 % with 200
/// sessions against 1,800 and a rate of 1 % (<doc:Calibration>). With `z = (θ̂ − θ₀)/SE` and `r`
/// the information so far in units of the mixing law's,
///
///     e-value     m = (1 + r)^−½ exp(½ z² r/(1 + r))
///     p-value     min(1, 1/m)
///     interval    θ̂ ± SE √((1 + 1/r)(ln(1 + r) + 2 ln(1/α)))
///
/// This is one boundary under many names: the mSPRT with a normal mixture (`r = τ²/SE²`), the
/// asymptotic confidence sequence and GAVI (`r = n/ρ`), confseq's normal mixture (`r = v/ρ`). The
/// one-sided p-values come from the half-normal mixture of the same `r`.
///
/// `r` says where the interval is tight, and is chosen before the data are seen. At the tuned size the
/// interval is about 1.5 times as wide as one that is looked at once.
///
/// References: Johari, Koomen, Pekelis and Walsh (2022), *Operations Research* 70, 1806–1821;
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), *Annals of Statistics* 52, 2613–2640.
public struct AlwaysValidTest: HypothesisTest {
  /// The number of sessions, both arms together, for which a test is tuned unless told otherwise.
  public static let defaultSessions = 5_000.0

  /// The effect and its standard error.
  public let effect: EffectEstimate
  /// The effect under the null hypothesis.
  public let null: Double
  /// The information so far in units of the mixing law's, `r`; positive.
  public let informationRatio: Double

  /// Tests an effect, tuned for a number of sessions.
  ///
  /// - Parameters:
  ///   - effect: The effect and its standard error at this look.
  ///   - null: The effect under the null hypothesis; nil is no effect.
  ///   - planned: The number of sessions at which the interval is to be short, in both arms together.
  ///   - tuning: How the mixture is tuned, for an error of 5 %.
  public init(
    _ effect: EffectEstimate, null: Double? = nil, tunedFor planned: Double = defaultSessions,
    tuning: MixtureTuning = .exact
  ) {
    precondition(planned > 0, "a planned number of sessions is positive")
    self.init(effect, null, ratio: effect.sessions / planned * tuning.ratio(alpha: 0.05))
  }

  /// Tests an effect against a mixing law of effects, `N(θ₀, τ²)`: the mSPRT.
  ///
  /// - Parameters:
  ///   - effect: The effect and its standard error at this look.
  ///   - null: The effect `θ₀` under the null hypothesis; nil is no effect.
  ///   - deviation: The standard deviation `τ` of the effects that are looked for; positive.
  public init(_ effect: EffectEstimate, null: Double? = nil, mixingDeviation deviation: Double) {
    precondition(deviation > 0, "a standard deviation of effects is positive")
    let ratio = deviation / effect.standardError
    self.init(effect, null, ratio: ratio * ratio)
  }

  /// Compares the means of an offer and a control by their difference.
  ///
  /// - Throws: What ``EffectEstimate/init(offer:control:)`` throws.
  public init(
    offer: Moments, control: Moments, null: Double = 0, tunedFor planned: Double = defaultSessions
  ) throws(InferenceError) {
    self.init(try EffectEstimate(offer: offer, control: control), null: null, tunedFor: planned)
  }

  /// Compares the proportions of an offer and a control by their difference.
  ///
  /// - Throws: What ``EffectEstimate/init(offer:control:)`` throws.
  public init(
    offer: Tally, control: Tally, null: Double = 0, tunedFor planned: Double = defaultSessions
  ) throws(InferenceError) {
    self.init(try EffectEstimate(offer: offer, control: control), null: null, tunedFor: planned)
  }

  private init(_ effect: EffectEstimate, _ null: Double?, ratio: Double) {
    let null = null ?? effect.scale.noEffect
    precondition(null.isFinite, "an effect under the null is a number")
    precondition(ratio >= 0, "a ratio of information is positive")
    self.effect = effect
    self.null = null
    // A standard error may be so small, or so large, that the ratio is no double.
    informationRatio = min(max(ratio, 1e-300), 1e300)
  }

  /// The estimated effect.
  public var estimate: Double { effect.value }
  /// The standard error of the effect.
  public var standardError: Double { effect.standardError }

  public var method: TestDescription {
    TestDescription(
      name: "always-valid normal mixture",
      nullHypothesis: null == effect.scale.noEffect ? "no effect at any look" : "effect = \(null)",
      scale: effect.scale, twoSidedRule: .absoluteStatistic,
      intervalName: "normal-mixture sequence",
      intervalInvertsTest: true,
      reference: "Johari et al. 2022; Howard et al. 2021; Waudby-Smith et al. 2024")
  }

  /// The statistic `z` of this look.
  public var z: Double { (estimate - null) / standardError }

  /// The logarithm of the two-sided e-value.
  public var logEValue: Double { mixture(.two).logEValue(sum: sum, variance: informationRatio) }

  /// The p-value of this look; the least over the looks so far is valid too.
  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .twoSided: mixture(.two).pValue(sum: sum, variance: informationRatio)
    case .greater: mixture(.one).pValue(sum: sum, variance: informationRatio)
    case .less: mixture(.one).pValue(sum: -sum, variance: informationRatio)
    }
  }

  /// The interval of this look: all of them hold the effect at once with the given confidence.
  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let margin = multiplier(alpha: 1 - level) * standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }

  /// The limit that the effect is above, or below, at every look with the given confidence.
  public func oneSidedLimit(_ alternative: Alternative, level: Double = 0.95) -> Double {
    checkLevel(level)
    precondition(alternative != .twoSided, "a limit has one side")
    let ratio = informationRatio
    let bound = mixture(.one).bound(variance: ratio, alpha: 1 - level)
    let margin = bound / ratio.squareRoot() * standardError
    return alternative == .greater ? estimate - margin : estimate + margin
  }

  /// What stands in the place of 1.96: the half-width of the interval in standard errors.
  public func multiplier(alpha: Double) -> Double {
    let ratio = informationRatio
    return mixture(.two).bound(variance: ratio, alpha: alpha) / ratio.squareRoot()
  }

  /// The sum in the unit in which `ρ` is 1 and the intrinsic time `r`.
  private var sum: Double { z * informationRatio.squareRoot() }

  private func mixture(_ sides: TestSides) -> NormalMixture {
    NormalMixture(rho: 1, sides: sides)
  }
}
