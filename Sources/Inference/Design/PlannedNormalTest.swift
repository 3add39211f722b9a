/// A planned test whose statistic is nearly normal.
///
/// What sizes and effect make of the statistic is one question, when a statistic is enough to reject is
/// another: any such test can be looked at once, in groups, at every session, or as one of many.
public protocol PlannedNormalTest: PlannedTest {
  /// When the test rejects.
  var rule: RejectionRule { get }
  /// The law of the statistic, once all sessions are there; nil if the effect leaves nothing to vary,
  /// so that there is no statistic and no rejection.
  func statistic(_ sizes: ArmSizes, effect: Double) -> PlannedStatistic?
}

extension PlannedNormalTest {
  public func power(_ sizes: ArmSizes, effect: Double) -> Double {
    checkEffect(effect)
    guard let statistic = statistic(sizes, effect: effect) else { return 0 }
    return rule.rejection(of: statistic, sessions: sizes.total)
  }
}

extension PlannedTest {
  /// Stops a caller whose effect cannot be.
  func checkEffect(_ effect: Double) {
    // An effect is often the difference of two decimals, which rounding may push past an end.
    let slack = 1e-12
    precondition(
      effect >= effects.lowerBound - slack && effect <= effects.upperBound + slack,
      "an effect is one that there can be")
  }
}
