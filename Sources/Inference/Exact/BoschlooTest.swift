internal import Probability

/// Boschloo's exact unconditional test of two proportions: Fisher's p-value as the statistic.
///
///     H₀: p₁ = p₀ = π      p = sup over π of P(Fisher's p of (X₁, X₀) ≤ the one observed; π)
///
/// It never rejects less often than Fisher's test of the same kind, and never more often than α. The
/// p-value is the greatest over all `π`, found with a bound on what any other `π` may give, to 1e-11.
///
/// Two-sided p-values by ``Rule/doubledTail`` are twice the smaller one-sided p-value (SciPy, and what
/// the R package exact2x2 calls central); by ``Rule/minimumLikelihood`` tables are ordered by Fisher's
/// two-sided p-value (the R package Exact, and "minlike" in exact2x2). Fisher p-values that differ by
/// less than 1e-7, relatively, count as equal.
///
/// The interval of the difference is Chan and Zhang's. It does not invert this test.
///
/// - Complexity: O(*N*^1.5) for *N* sessions in both arms.
///
/// Reference: Boschloo (1970), *Statistica Neerlandica* 24, 1–9.
public struct BoschlooTest: HypothesisTest {
  /// How a two-sided p-value counts both directions.
  public enum Rule: String, CaseIterable, Codable, Sendable {
    /// Twice the smaller one-sided p-value.
    case doubledTail
    /// Fisher's two-sided p-value, by minimum likelihood, is the statistic.
    case minimumLikelihood
  }

  /// The sessions that were shown the offer.
  public let offer: Tally
  /// The sessions that were not.
  public let control: Tally
  /// The two-sided rule.
  public let rule: Rule
  /// The share of error `γ` that restricts the nuisance parameter; zero does not.
  public let bergerBoos: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - rule: The two-sided rule.
  ///   - bergerBoos: `γ` of Berger and Boos, such as 0.001 or, not to restrict, zero.
  /// - Throws: `tooFewSessions` if an arm is empty.
  public init(
    offer: Tally, control: Tally, rule: Rule = .doubledTail, bergerBoos: Double = 0
  ) throws(InferenceError) {
    precondition(0 <= bergerBoos && bergerBoos < 1, "a share of error lies in 0..<1")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    self.offer = offer
    self.control = control
    self.rule = rule
    self.bergerBoos = bergerBoos
  }

  public var method: TestDescription {
    TestDescription(
      name: rule == .doubledTail ? "Boschloo exact" : "Boschloo exact, minimum likelihood",
      nullHypothesis: "p₁ = p₀", scale: .difference,
      twoSidedRule: rule == .doubledTail ? .doubledTail : .minimumLikelihood,
      intervalName: ChanZhangInterval.name, intervalInvertsTest: false, reference: "Boschloo 1970")
  }

  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public var estimate: Double { offer.difference(from: control) }

  /// The difference under the null: zero.
  public var null: Double { 0 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch (alternative, rule) {
    case (.greater, _): oneSided(offer, control)
    case (.less, _): oneSided(control, offer)
    case (.twoSided, .doubledTail): doubledTail()
    case (.twoSided, .minimumLikelihood): minimumLikelihood()
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    ChanZhangInterval(level: level).difference(offer, control)
  }

  /// The p-value against the first arm's being the better.
  private func oneSided(_ arm: Tally, _ other: Tally) -> Double {
    range.pValue(region(arm, other))
  }

  private func doubledTail() -> Double {
    let (better, worse) = estimate >= 0 ? (offer, control) : (control, offer)
    let near = oneSided(better, worse)
    // The other side is nearly always the greater, and to see that much takes but a few values of `π`.
    let other = region(worse, better)
    return min(1, 2 * (range.reaches(near, other) ? near : range.pValue(other)))
  }

  private func minimumLikelihood() -> Double {
    let fisher = try? FisherExactTest(offer: offer, control: control).pValue()
    // Of sessions that all ended alike there is but one table, of Fisher p-value one.
    let limit = (fisher ?? 1) * (1 + tieTolerance)
    return range.pValue(
      MarginalRejection(
        offerTrials: offer.trials, controlTrials: control.trials, negligible: 1e-18 * limit
      ) { $0.noLikelier(upTo: limit) })
  }

  /// The tables of one-sided Fisher p-values no greater than the one observed.
  private func region(_ arm: Tally, _ other: Tally) -> MarginalRejection {
    let table = TableGivenMargins(offer: arm, control: other)
    let limit = table.central.survival(Double(arm.successes) - 1) * (1 + tieTolerance)
    return MarginalRejection(
      offerTrials: arm.trials, controlTrials: other.trials, negligible: 1e-18 * limit
    ) { $0.upperTail(upTo: limit) }
  }

  private var range: NuisanceRange {
    NuisanceRange(offer: offer, control: control, bergerBoos: bergerBoos)
  }
}
