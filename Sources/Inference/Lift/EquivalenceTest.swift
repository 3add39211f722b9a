/// Two one-sided tests that an effect lies between two margins.
///
///     H₀: θ ≤ lower or θ ≥ upper      p = max(p(θ > lower), p(θ < upper))
///
/// Any test that takes a null will do: it is made once against each margin. At the level `α` the
/// offer is equivalent exactly where `p < α`; where the test's interval inverts it, that is where the
/// interval of level `1 − 2α` lies between the margins.
///
/// Reference: Schuirmann (1987), *Journal of Pharmacokinetics and Biopharmaceutics* 15, 657–680.
public struct EquivalenceTest: Sendable {
  /// The effects that are as good as none lie strictly inside, on the scale of the test.
  public let margins: Interval
  /// The test against the lower margin; its p-value for `greater` counts.
  public let againstLower: any HypothesisTest
  /// The test against the upper margin; its p-value for `less` counts.
  public let againstUpper: any HypothesisTest

  /// Makes a test against each of two margins.
  ///
  /// - Parameters:
  ///   - margins: The least and the greatest effect, on the scale of the test.
  ///   - test: Makes the test for a null.
  /// - Throws: What making the test throws.
  public init(
    margins: Interval, test: (_ null: Double) throws(InferenceError) -> any HypothesisTest
  ) throws(InferenceError) {
    precondition(margins.lower < margins.upper, "margins leave room between them")
    self.margins = margins
    againstLower = try test(margins.lower)
    againstUpper = try test(margins.upper)
  }

  /// The greater of the two one-sided p-values.
  public var pValue: Double { max(againstLower.pValue(.greater), againstUpper.pValue(.less)) }

  /// The estimated effect.
  public var estimate: Double { againstLower.estimate }

  /// The interval of level `1 − 2α`, to be compared with the margins.
  public func interval(alpha: Double = 0.05) -> Interval {
    precondition(0 < alpha && alpha < 0.5, "a level of significance lies between 0 and ½")
    return againstLower.interval(level: 1 - 2 * alpha)
  }
}

extension LiftCatalogue.Entry {
  /// Tests by this entry whether an offer is equivalent to a control.
  ///
  /// - Throws: `fixedNull` if the test has one null only, and what making the test throws.
  public func equivalence(
    _ offer: Arm, _ control: Arm, margins: Interval
  ) throws(InferenceError) -> EquivalenceTest {
    try EquivalenceTest(margins: margins) { (null) throws(InferenceError) in
      try compare(offer, control, null)
    }
  }
}
