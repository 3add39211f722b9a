/// A one-sided test that an offer is worse than its control by less than a margin, if at all.
///
///     H₀: θ ≤ margin  against  θ > margin      where more is better
///     H₀: θ ≥ margin  against  θ < margin      where less is better
///
/// Any test that takes a null will do. A margin of no effect asks for superiority, one beyond it for
/// superiority by a margin. At the level `α` the offer is not inferior exactly where `p < α`; where the
/// test's interval inverts it, that is where ``bound(alpha:)`` is past the margin.
///
/// Reference: Piaggio and others (2012), *JAMA* 308, 2594–2604 (CONSORT for non-inferiority).
public struct NonInferiorityTest: Sendable {
  /// Which effects are good.
  public enum Direction: String, CaseIterable, Codable, Sendable {
    /// The greater the outcome the better, as a share of saved sessions.
    case moreIsBetter
    /// The less the better, as a share of complaints.
    case lessIsBetter
  }

  /// The effect at which the offer is first too bad, on the scale of the test: a difference of −0.03,
  /// a lift of −0.1, an odds ratio of 0.8.
  public let margin: Double
  /// Which effects are good.
  public let direction: Direction
  /// The test against the margin.
  public let test: any HypothesisTest

  /// Makes the test against a margin.
  ///
  /// - Parameters:
  ///   - margin: The effect at which the offer is first too bad, on the scale of the test.
  ///   - direction: Which effects are good.
  ///   - test: Makes the test for a null.
  /// - Throws: What making the test throws.
  public init(
    margin: Double, direction: Direction = .moreIsBetter,
    test: (_ null: Double) throws(InferenceError) -> any HypothesisTest
  ) throws(InferenceError) {
    self.margin = margin
    self.direction = direction
    self.test = try test(margin)
  }

  /// The one-sided p-value of the test against the margin.
  public var pValue: Double { test.pValue(direction == .moreIsBetter ? .greater : .less) }

  /// The one-sided confidence bound of level `1 − α`: the least effect where more is better, the
  /// greatest where less is.
  public func bound(alpha: Double = 0.05) -> Double {
    precondition(0 < alpha && alpha < 0.5, "a level of significance lies between 0 and ½")
    let interval = test.interval(level: 1 - 2 * alpha)
    return direction == .moreIsBetter ? interval.lower : interval.upper
  }
}

extension LiftCatalogue.Entry {
  /// Tests by this entry whether an offer is not inferior to a control.
  ///
  /// - Throws: `fixedNull` if the test has one null only, and what making the test throws.
  public func nonInferiority(
    _ offer: Arm, _ control: Arm, margin: Double,
    direction: NonInferiorityTest.Direction = .moreIsBetter
  ) throws(InferenceError) -> NonInferiorityTest {
    try NonInferiorityTest(margin: margin, direction: direction) { (null) throws(InferenceError) in
      try compare(offer, control, null)
    }
  }
}
