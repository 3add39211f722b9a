#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// How much longer a test must run, as a multiple of the sessions it has had, to find an effect.
///
/// The standard error is taken to fall as `1/√(1 + k)` with `k` times as many sessions more:
///
///     power(k) = Φ((δ − w)/SEₖ) + Φ((−δ − w)/SEₖ)      SEₖ = SE/√(1 + k)
///
/// where `w` is the half-width that the effect has to exceed then. The answer is a planning figure; the
/// chance given what has been seen is GroupSequentialDesign/conditionalPower(at:z:drift:).
public struct AdditionalSample: Hashable, Sendable {
  /// By which interval the effect is to be found.
  public enum Rule: Hashable, Sendable {
    /// A normal interval, looked at once.
    case fixed
    /// An always-valid interval, tuned for a number of sessions.
    case alwaysValid(tunedFor: Double, tuning: MixtureTuning = .exact)
    /// A credible interval under a normal prior of the effect.
    case normalPrior(mean: Double, variance: Double)
  }

  /// The effect and its standard error so far.
  public let effect: EffectEstimate
  /// The error, of both sides together.
  public let alpha: Double
  /// By which interval the effect is to be found.
  public let rule: Rule

  /// States the question.
  public init(_ effect: EffectEstimate, alpha: Double = 0.05, rule: Rule) {
    checkAlpha(alpha)
    if case .normalPrior(_, let variance) = rule {
      precondition(variance > 0 && variance.isFinite, "a prior has a positive variance")
    }
    self.effect = effect
    self.alpha = alpha
    self.rule = rule
  }

  /// The probability of finding an effect after some more sessions.
  ///
  /// - Parameters:
  ///   - target: The true effect `δ`.
  ///   - factor: The sessions to come, `k`, in units of those that have been.
  /// - Returns: The probability that the interval then excludes zero.
  public func power(toFind target: Double, after factor: Double) -> Double {
    precondition(factor >= 0 && target.isFinite, "a multiple of the sessions is not negative")
    let growth = 1 + factor
    let error = effect.standardError / growth.squareRoot()
    let z = StandardNormal.upperQuantile(alpha / 2)
    // The estimates beyond which the interval excludes zero, in standard errors.
    let edges: (upper: Double, lower: Double)
    switch rule {
    case .fixed: edges = (z, -z)
    case .alwaysValid(let planned, let tuning):
      let ratio = effect.sessions * growth / planned * tuning.ratio(alpha: alpha)
      let multiplier =
        NormalMixture(rho: 1).bound(variance: ratio, alpha: alpha) / ratio.squareRoot()
      edges = (multiplier, -multiplier)
    case .normalPrior(let mean, let variance):
      let margin = z * (1 + error * error / variance).squareRoot()
      let shift = error * mean / variance
      edges = (margin - shift, -margin - shift)
    }
    return StandardNormal.survival(edges.upper - target / error)
      + StandardNormal.cdf(edges.lower - target / error)
  }

  /// The sessions to come, in units of those that have been, after which an effect is found with a
  /// probability.
  ///
  /// - Parameters:
  ///   - target: The true effect `δ`.
  ///   - power: The probability, between 0 and 1.
  /// - Returns: The least such multiple; zero if there are enough sessions, nil if a billion times as
  ///   many would not do.
  public func factor(toFind target: Double, power: Double = 0.8) -> Double? {
    precondition(0 < power && power < 1, "a power lies between 0 and 1")
    func excess(_ factor: Double) -> Double { self.power(toFind: target, after: factor) - power }
    if excess(0) >= 0 { return 0 }
    var (low, high) = (0.0, 1.0)
    while excess(high) < 0 {
      (low, high) = (high, 2 * high)
      guard high < 1e9 else { return nil }
    }
    return findRoot(from: low, to: high, of: excess)
  }
}
