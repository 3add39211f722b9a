internal import Probability

/// The score test of an odds ratio, and the interval that inverts it.
///
/// The likeliest table whose odds ratio is `ψ₀` has the margins of the table observed, `μ` moved
/// along the diagonal, so that
///
///     z = μ √((1/(x₁ − μ) + 1/(y₁ + μ) + 1/(x₀ + μ) + 1/(y₀ − μ)) / k)
///
/// with `k` = 1 (Cornfield, uncorrected) or `N/(N − 1)` (Miettinen and Nurminen). Zero cells are
/// answered: the odds ratio is then 0 or infinite, and one end of the interval with it.
///
/// References: Cornfield (1956), *Proceedings of the Third Berkeley Symposium* 4, 135–148;
/// Miettinen and Nurminen (1985), *Statistics in Medicine* 4, 213–226.
public struct ScoreOddsRatioTest: HypothesisTest {
  /// The variance in use.
  public let variance: ScoreVariance
  /// The odds ratio under the null hypothesis.
  public let null: Double
  /// The statistic `z`, positive where the odds ratio exceeds the null.
  public let z: Double
  private let offer: Tally
  private let control: Tally

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The odds ratio to test against, above 0; one tests equality.
  ///   - variance: The variance in use.
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if all sessions ended alike.
  public init(
    offer: Tally, control: Tally, null: Double = 1, variance: ScoreVariance = .unbiased
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "an odds ratio under the null lies above 0")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard offer.pooledStandardError(with: control) != nil else { throw .noVariation }
    self.offer = offer
    self.control = control
    self.variance = variance
    self.null = null
    z =
      Self.z(offer, control, oddsRatio: null) / variance.factor(offer, control).squareRoot()
  }

  public var method: TestDescription {
    TestDescription(
      name: "score test of an odds ratio", nullHypothesis: "odds ratio = \(null)",
      scale: .oddsRatio, twoSidedRule: .absoluteStatistic,
      intervalName: variance == .plain ? "Cornfield score" : "Miettinen–Nurminen score",
      intervalInvertsTest: true,
      reference: variance == .plain ? "Cornfield 1956" : "Miettinen and Nurminen 1985")
  }

  /// The odds ratio `x₁y₀/(y₁x₀)`; +∞ if its denominator alone is zero.
  public var estimate: Double { offer.oddsRatio(to: control) }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(of: z, survival: StandardNormal.survival)
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let quantile = StandardNormal.upperQuantile((1 - level) / 2)
    let critical = quantile * quantile * variance.factor(offer, control)
    return Interval(
      lower: Self.lowerEnd(offer, control, critical),
      upper: 1 / Self.lowerEnd(control, offer, critical))
  }

  /// The statistic but for the factor `k`.
  private static func z(_ offer: Tally, _ control: Tally, oddsRatio: Double) -> Double {
    let (x1, y1) = (Double(offer.successes), Double(offer.failures))
    let (x0, y0) = (Double(control.successes), Double(control.failures))
    let (least, most) = (-min(y1, x0), min(x1, y0))
    let length = most - least
    // The quadratic (x₁ − μ)(y₀ − μ) = ψ(y₁ + μ)(x₀ + μ), as a share of the way from least to most.
    let moved = TiltedShare(
      (x1 - least) * (y0 - least), oddsRatio * (y1 + most) * (x0 + most),
      tilt: (1 - oddsRatio) * length * length)
    let (up, down) = (moved.share * length, moved.rest * length)
    let (a, d) = (x1 - most + down, y0 - most + down)
    let (b, c) = (y1 + least + up, x0 + least + up)
    // μ itself, not as a difference: the quadratic at zero over the mean slope between.
    let atZero =
      offer.difference(from: control) * Double(offer.trials) * Double(control.trials)
      - (oddsRatio - 1) * x0 * y1
    let shift = 2 * atZero / (x1 + y0 + a + d + oddsRatio * (y1 + x0 + b + c))
    guard shift != 0 else { return 0 }
    return shift * (1 / a + 1 / b + 1 / c + 1 / d).squareRoot()
  }

  /// The least odds ratio whose `z²` is no greater than a critical value.
  private static func lowerEnd(_ offer: Tally, _ control: Tally, _ critical: Double) -> Double {
    let (x1, y1) = (Double(offer.successes), Double(offer.failures))
    let (x0, y0) = (Double(control.successes), Double(control.failures))
    let most = min(x1, y0)
    guard most > 0 else { return 0 }
    // z² is infinite at the greatest μ, so that both sides are divided by 1/(x₁ − μ) + 1/(y₀ − μ); to
    // multiply them by both differences would make a root of the end itself where x₁ = y₀.
    let root = findRoot(from: 0, to: most) { moved in
      let share1 = y1 == 0 ? 1 : moved / (y1 + moved)
      let share0 = x0 == 0 ? 1 : moved / (x0 + moved)
      let (a, d) = (x1 - moved, y0 - moved)
      let room = a + d > 0 ? a * d / (a + d) : 0
      return moved * moved + room * (moved * (share1 + share0) - critical)
    }
    let moved = root ?? most
    return (x1 - moved) * (y0 - moved) / ((y1 + moved) * (x0 + moved))
  }
}

extension Tally {
  /// The odds ratio of two tallies, `x₁y₀/(y₁x₀)`, of which not both products are zero.
  func oddsRatio(to other: Tally) -> Double {
    Double(successes) / Double(failures) * (Double(other.failures) / Double(other.successes))
  }
}
