internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The test of two Kaplan–Meier estimates at a horizon, made on the log-log scale.
///
///     g(S) = ln(−ln S)        z = (g(Ŝ₀) − g(Ŝ₁)) / √(σ₁²/ln²Ŝ₁ + σ₀²/ln²Ŝ₀)
///
/// positive where the offer retains more. Of the transformations it keeps its size best in small
/// arms. The interval of the difference `Ŝ₁ − Ŝ₀` joins the log-log intervals `(l, u)` of the arms,
///
///     lower = Ŝ₁ − Ŝ₀ − √((Ŝ₁ − l₁)² + (u₀ − Ŝ₀)²)
///     upper = Ŝ₁ − Ŝ₀ + √((u₁ − Ŝ₁)² + (Ŝ₀ − l₀)²)
///
/// which stays inside [−1, 1]; it does not invert the test, so that the two may disagree close to a
/// threshold.
///
/// References: Klein, Logan, Harhoff and Andersen (2007), *Statistics in Medicine* 26, 4505–4519; Zou
/// and Donner (2008), *Statistics in Medicine* 27, 1693–1702.
public struct HorizonLogLogTest: HypothesisTest {
  /// The statistic `z`.
  public let z: Double
  /// The horizon.
  public let horizon: Double
  private let offer: KaplanMeier
  private let control: KaplanMeier

  /// Compares an offer with a control at a horizon.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - horizon: The horizon; nil is the longest that both arms were watched.
  /// - Throws: `tooFewSessions` if an arm is empty, `beyondFollowUp` if an arm was not watched to the
  ///   horizon, `noEvents` if an arm had no event by then, `noVariation` if all of an arm had.
  public init(
    offer: LifeTable, control: LifeTable, horizon: Double? = nil
  ) throws(InferenceError) {
    (self.offer, self.control, self.horizon) = try KaplanMeier.pair(offer, control, horizon)
    guard let step1 = self.offer.step(at: self.horizon),
      let step0 = self.control.step(at: self.horizon)
    else { throw .noEvents }
    guard step1.survival > 0, step0.survival > 0 else { throw .noVariation }
    let (hazard1, hazard0) = (-log(step1.survival), -log(step0.survival))
    let variance =
      step1.logVariance / (hazard1 * hazard1) + step0.logVariance / (hazard0 * hazard0)
    z = (log(hazard0) - log(hazard1)) / variance.squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: "log-log survival at a horizon", nullHypothesis: "S₁(τ) = S₀(τ)", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: "hybrid log-log", intervalInvertsTest: false,
      reference: "Klein, Logan, Harhoff and Andersen 2007; Zou and Donner 2008")
  }

  /// The difference `Ŝ₁(τ) − Ŝ₀(τ)`.
  public var estimate: Double { offer.survival(at: horizon) - control.survival(at: horizon) }
  /// The difference under the null: zero.
  public var null: Double { 0 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    let arm1 = offer.interval(at: horizon, level: level)
    let arm0 = control.interval(at: horizon, level: level)
    let (s1, s0) = (offer.survival(at: horizon), control.survival(at: horizon))
    return Interval(
      lower: s1 - s0 - hypot(s1 - arm1.lower, arm0.upper - s0),
      upper: s1 - s0 + hypot(arm1.upper - s1, s0 - arm0.lower))
  }
}
