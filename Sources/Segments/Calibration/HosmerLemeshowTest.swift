internal import Inference
internal import Probability

/// Hosmer and Lemeshow's test of calibration: observed against expected counts in groups of prediction.
///
///     χ² = Σ_g (O_g − E_g)² / (E_g (1 − E_g / n_g))
///
/// For predictions of the very rows that were fitted the law has two degrees of freedom fewer than
/// groups; for held-out rows as many as groups. The statistic depends on the grouping, and with very many
/// rows it rejects models that are good enough: read it beside the ``CalibrationCurve``.
///
/// Reference: Hosmer and Lemeshow (1980), *Communications in Statistics A* 9, 1043–1069.
public struct HosmerLemeshowTest: Hashable, Sendable {
  /// The statistic χ².
  public let statistic: Double
  /// The degrees of freedom.
  public let degreesOfFreedom: Int

  /// Tests the groups of a curve.
  ///
  /// Nil if there are too few groups for the degrees of freedom, or if a group is promised with
  /// certainty what did not happen.
  ///
  /// - Parameters:
  ///   - curve: The groups.
  ///   - isFitted: Whether the rows are those that the model was fitted to.
  public init?(_ curve: CalibrationCurve, isFitted: Bool) {
    degreesOfFreedom = curve.groups.count - (isFitted ? 2 : 0)
    guard degreesOfFreedom > 0 else { return nil }
    var statistic = 0.0
    for group in curve.groups {
      let distance = Double(group.observed.successes) - group.expected
      guard distance != 0 else { continue }
      statistic += distance * distance / (group.expected * (1 - group.predicted))
    }
    guard statistic.isFinite else { return nil }
    self.statistic = statistic
  }

  /// The probability, if predictions are calibrated, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic)
  }
}
