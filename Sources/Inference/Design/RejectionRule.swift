internal import Probability

/// When a test whose statistic is nearly normal rejects, for planning.
public enum RejectionRule: Hashable, Sendable {
  /// Looked at once, with an error `alpha` of both sides together if two-sided.
  case once(alpha: Double = 0.05, Alternative = .twoSided)
  /// Looked at a few times. One-sided designs look for effects above the null, and heed their futility
  /// bounds; a two-sided design counts the rejections of both sides.
  case looks(GroupSequentialDesign)
  /// Looked at after any session, as ``AlwaysValidTest`` does: the probability that the test rejects
  /// when all of the planned sessions are there. That it may do so earlier comes on top.
  ///
  /// - Parameters:
  ///   - tunedFor: The number of sessions, both arms together, for which the test is tuned; nil is
  ///     the number planned.
  case alwaysValid(alpha: Double = 0.05, Alternative = .twoSided, tunedFor: Double? = nil)

  /// The probability that the rule rejects.
  ///
  /// - Parameters:
  ///   - statistic: The law of the statistic with all sessions.
  ///   - sessions: How many they are, in both arms together.
  /// - Returns: A probability; both sides of a two-sided rule count.
  public func rejection(of statistic: PlannedStatistic, sessions: Double) -> Double {
    switch self {
    case .once(let alpha, let alternative):
      statistic.beyond(criticalValue(alpha: alpha, alternative), alternative)
    case .looks(let design):
      design.rejection(of: statistic)
    case .alwaysValid(let alpha, let alternative, let planned):
      statistic.beyond(
        alwaysValidMultiplier(alpha, alternative, sessions, planned: planned), alternative)
    }
  }

  private func alwaysValidMultiplier(
    _ alpha: Double, _ alternative: Alternative, _ sessions: Double, planned: Double?
  ) -> Double {
    // As in AlwaysValidTest, the mixture is tuned for an error of 5 % whatever the error is.
    let ratio = sessions / (planned ?? sessions) * MixtureTuning.exact.ratio(alpha: 0.05)
    let mixture = NormalMixture(rho: 1, sides: alternative == .twoSided ? .two : .one)
    return mixture.bound(variance: ratio, alpha: alpha) / ratio.squareRoot()
  }
}

extension RejectionRule {
  /// One of several comparisons that share an error, by Bonferroni's inequality.
  public static func bonferroni(
    comparisons: Int, alpha: Double = 0.05, _ alternative: Alternative = .twoSided
  ) -> RejectionRule {
    precondition(comparisons > 0, "there is at least one comparison")
    return .once(alpha: alpha / Double(comparisons), alternative)
  }

  /// One of several offers that are compared with one control, by Dunnett's critical value.
  ///
  /// The correlations are those of equal variances, `r/(r + 1)`; with a ratio `r` of 1 they are a half.
  ///
  /// - Parameters:
  ///   - offers: The number of offers.
  ///   - offersPerControl: The size of each offer's arm over that of the control, `r`.
  ///   - alpha: The probability of any rejection if no offer has an effect.
  ///   - alternative: The direction of all comparisons.
  /// - Returns: The rule of each comparison.
  ///
  /// Reference: Dunnett (1955), *Journal of the American Statistical Association* 50, 1096–1121.
  public static func dunnett(
    offers: Int, offersPerControl: Double = 1, alpha: Double = 0.05,
    _ alternative: Alternative = .twoSided
  ) -> RejectionRule {
    precondition(offers > 0, "there is at least one offer")
    checkAlpha(alpha)
    let greatest = StudentizedMaximumDistribution(
      control: 1, treatments: Array(repeating: offersPerControl, count: offers),
      sides: alternative == .twoSided ? .two : .one)
    let tail = StandardNormal.survival(greatest.upperQuantile(alpha))
    return .once(alpha: alternative == .twoSided ? 2 * tail : tail, alternative)
  }
}

/// What a standard normal statistic exceeds with the error of one side.
func criticalValue(alpha: Double, _ alternative: Alternative) -> Double {
  checkAlpha(alpha)
  return StandardNormal.upperQuantile(alternative == .twoSided ? alpha / 2 : alpha)
}

extension GroupSequentialDesign {
  /// The probability of a rejection at any look, on either side if the design has two.
  fileprivate func rejection(of statistic: PlannedStatistic) -> Double {
    // Farther out the last look rejects for certain, or never.
    let farthest = 1e3 * statistic.deviation
    let outcomes = outcomes(
      drift: min(max(statistic.mean, -farthest), farthest), deviation: statistic.deviation)
    let rejections = sides == .two ? outcomes.above + outcomes.below : outcomes.above
    return min(1, rejections.reduce(0, +))
  }
}
