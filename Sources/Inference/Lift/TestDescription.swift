/// What a test is: its null, its two-sided rule, its interval, and where it comes from.
///
/// Two programs that both say "two-proportion test, p = 0.04" may have computed different things.
/// An answer that carries this description cannot be misread so.
public struct TestDescription: Hashable, Sendable {
  /// The scale on which a test states its effect.
  public enum Scale: String, Codable, Sendable {
    /// Arm 1 minus arm 0, in the unit of the outcome; 0 is no effect.
    case difference
    /// Arm 1 over arm 0, minus one; 0 is no effect.
    case relativeLift
    /// The odds of arm 1 over the odds of arm 0; 1 is no effect.
    case oddsRatio
    /// The hazard of arm 1 over the hazard of arm 0; 1 is no effect.
    case hazardRatio
    /// The probability that a value of arm 1 exceeds one of arm 0, ties counted half; ½ is no effect.
    case superiority

    /// The effect that is none.
    public var noEffect: Double {
      switch self {
      case .difference, .relativeLift: 0
      case .oddsRatio, .hazardRatio: 1
      case .superiority: 0.5
      }
    }
  }

  /// How a p-value counts both directions.
  public enum TwoSidedRule: String, Codable, Sendable {
    /// The statistic is as far from the null as the one observed, `|T| ≥ |t|`.
    case absoluteStatistic
    /// The statistic has no sign: large values alone speak against the null.
    case upperTail
    /// Twice the smaller of the two one-sided p-values; its intervals are called central.
    case doubledTail
    /// Outcomes no more probable than the one observed ("minlike").
    case minimumLikelihood
    /// Outcomes whose smaller tail is no greater than the observed one's (Blaker 2000).
    case blaker
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

  /// Describes a test.
  public init(
    name: String, nullHypothesis: String, scale: Scale, twoSidedRule: TwoSidedRule,
    intervalName: String?, intervalInvertsTest: Bool, reference: String
  ) {
    self.name = name
    self.nullHypothesis = nullHypothesis
    self.scale = scale
    self.twoSidedRule = twoSidedRule
    self.intervalName = intervalName
    self.intervalInvertsTest = intervalInvertsTest
    self.reference = reference
  }
}
