/// What a test is: its null, its two-sided rule, its interval, and where it comes from.
///
/// Two programs that both say "two-proportion test, p = 0.04" may have computed different things.
/// An answer that carries this description cannot be misread so.
public struct TestDescription: Hashable, Sendable {
  /// The scale on which a test states its effect.
  public enum Scale: String, Codable, Sendable {
    /// Arm 1 minus arm 0, in the unit of the outcome.
    case difference
    /// Arm 1 over arm 0, minus one.
    case relativeLift
  }

  /// How a p-value counts both directions.
  public enum TwoSidedRule: String, Codable, Sendable {
    /// The statistic is as far from the null as the one observed, `|T| ≥ |t|`.
    case absoluteStatistic
    /// The statistic has no sign: large values alone speak against the null.
    case upperTail
  }

  /// The name of the test.
  public let name: String
  /// The null hypothesis.
  public let nullHypothesis: String
  /// The scale of the estimate and of the interval.
  public let scale: Scale
  /// The two-sided rule.
  public let twoSidedRule: TwoSidedRule
  /// The name of the interval, if there is one.
  public let intervalName: String?
  /// Whether the interval holds exactly those nulls that the two-sided test does not reject.
  public let intervalInvertsTest: Bool
  /// The paper behind the method.
  public let reference: String
}
