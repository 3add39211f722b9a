/// The exact unconditional score test of a difference of two proportions, also against a margin.
///
///     H₀: p₁ − p₀ = δ₀      p = sup over π of P(Z ≥ z; π + δ₀, π)
///
/// with the score statistic of Farrington and Manning. Two-sided, ``Rule/doubledTail`` is twice the
/// smaller one-sided p-value, and goes with Chan and Zhang's interval; ``Rule/absoluteStatistic`` takes
/// `|Z| ≥ |z|`, goes with Agresti and Min's, and at `δ₀ = 0` is Barnard's test. The test never rejects
/// more often than α. The p-value is the greatest over all `π`, found with a bound on what any other `π`
/// may give, to 1e-11. Statistics that differ by less than 1e-7, relatively, count as equal.
///
/// The differences that are not rejected may have gaps, which the interval holds too.
///
/// - Complexity: O(*n*) a p-value.
///
/// References: Chan and Zhang (1999), *Biometrics* 55, 1202–1209; Agresti and Min (2001),
/// *Biometrics* 57, 963–971.
public struct ExactScoreTest: HypothesisTest {
  /// How a two-sided p-value counts both directions.
  public enum Rule: String, CaseIterable, Codable, Sendable {
    /// Twice the smaller one-sided p-value.
    case doubledTail
    /// The statistic's distance from zero.
    case absoluteStatistic
  }

  /// The difference under the null hypothesis.
  public let null: Double
  /// The two-sided rule.
  public let rule: Rule
  private let tables: DifferenceInversion

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The difference to test against, inside (−1, 1).
  ///   - rule: The two-sided rule.
  ///   - bergerBoos: `γ` of Berger and Boos, such as 1e-6 or, not to restrict, zero.
  /// - Throws: `tooFewSessions` if an arm is empty.
  public init(
    offer: Tally, control: Tally, null: Double = 0, rule: Rule = .doubledTail,
    bergerBoos: Double = 0
  ) throws(InferenceError) {
    precondition(abs(null) < 1, "a difference under the null lies inside −1 and 1")
    precondition(0 <= bergerBoos && bergerBoos < 1, "a share of error lies in 0..<1")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    self.null = null
    self.rule = rule
    tables = DifferenceInversion(
      offer: offer, control: control, statistic: .score, bergerBoos: bergerBoos)
  }

  public var method: TestDescription {
    let isDoubled = rule == .doubledTail
    return TestDescription(
      name: "exact score test of a difference",
      nullHypothesis: null == 0 ? "p₁ = p₀" : "p₁ − p₀ = \(null)", scale: .difference,
      twoSidedRule: isDoubled ? .doubledTail : .absoluteStatistic,
      intervalName: isDoubled ? ChanZhangInterval.name : AgrestiMinInterval.name,
      intervalInvertsTest: false,
      reference: isDoubled ? "Chan and Zhang 1999" : "Agresti and Min 2001")
  }

  /// The difference of the two proportions, `p̂₁ − p̂₀`.
  public var estimate: Double { tables.offer.difference(from: tables.control) }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch (alternative, rule) {
    case (.greater, _): greater(tables, null)
    case (.less, _): greater(tables.swapped, -null)
    case (.twoSided, .doubledTail):
      min(1, 2 * min(greater(tables, null), greater(tables.swapped, -null)))
    case (.twoSided, .absoluteStatistic):
      tables.range(at: null).pValue(tables.bothTails(at: null))
    }
  }

  private func greater(_ tables: DifferenceInversion, _ null: Double) -> Double {
    tables.range(at: null).pValue(tables.upperTail(at: null))
  }

  public func interval(level: Double = 0.95) -> Interval {
    switch rule {
    case .doubledTail:
      ChanZhangInterval(level: level, bergerBoos: tables.bergerBoos)
        .difference(tables.offer, tables.control)
    case .absoluteStatistic:
      AgrestiMinInterval(level: level, bergerBoos: tables.bergerBoos)
        .difference(tables.offer, tables.control)
    }
  }
}
