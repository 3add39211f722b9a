internal import Inference

/// One test of the propensities that a log recorded, beside what should have come of them.
public struct PropensityTest: Hashable, Sendable {
  /// What is tested.
  public enum Subject: Hashable, Sendable {
    /// How often a cell was shown an arm.
    case frequency(of: Arm, cell: Int)
    /// The mean weight of a cell.
    case weightOfCell(Int)
    /// The mean weight of a period.
    case weightOfPeriod(Int)
  }

  /// What is tested.
  public let subject: Subject
  /// The number of sessions.
  public let sessions: Int
  /// The frequency, or the mean weight.
  public let observed: Double
  /// The recorded propensity, or 1.
  public let expected: Double
  /// How many standard errors the observed lies above the expected; nil where that says nothing.
  public let z: Double?
  /// The two-sided p-value of `z`; nil where there is none.
  public let pValue: Double?
  /// The p-value adjusted by Holm's procedure over the tests of its family.
  public internal(set) var adjustedPValue: Double?

  /// Whether the log fails the test, each of the two families having half of the error probability.
  public func fails(_ limits: AuditLimits) -> Bool {
    adjustedPValue.map { $0 <= limits.alpha / 2 } ?? false
  }

  /// The reason to abstain that a failure is; nil if the test is passed.
  public func reason(_ limits: AuditLimits) -> AbstentionReason? {
    guard fails(limits), let adjustedPValue else { return nil }
    return switch subject {
    case .frequency(let arm, let cell):
      .miscalibrated(
        cell: cell, arm: arm, frequency: observed, recorded: expected, pValue: adjustedPValue)
    case .weightOfCell(let cell):
      .meanWeightOfCell(cell, mean: observed, pValue: adjustedPValue)
    case .weightOfPeriod(let period):
      .meanWeightOfPeriod(period, mean: observed, pValue: adjustedPValue)
    }
  }
}

extension LogAudit {
  /// Tests each cell and arm's frequency against the recorded propensity; whatever the target.
  ///
  /// - Complexity: O(*n*) for *n* sessions.
  public static func calibrationTests(of log: DecisionLog) -> [PropensityTest] {
    adjusted(
      calibration(log).map { row in
        PropensityTest(
          subject: .frequency(of: row.arm, cell: row.cell), sessions: row.sessions,
          observed: row.frequency, expected: row.recorded, z: row.z, pValue: row.pValue)
      })
  }

  /// Tests a target's mean weight in each cell and in each of some periods against 1.
  ///
  /// Without periods where the propensities are those of a mixture of loggers who followed one another:
  /// those are right over all, and in no period.
  ///
  /// - Complexity: O(*n*) for *n* sessions.
  public static func weightTests(
    of target: ActionTable, in log: DecisionLog, periods: Int?
  ) -> [PropensityTest] {
    func tests(
      _ rows: [GroupRow], _ subject: (Int) -> PropensityTest.Subject
    ) -> [PropensityTest] {
      rows.map { row in
        PropensityTest(
          subject: subject(row.group), sessions: row.sessions, observed: row.meanWeight,
          expected: 1, z: row.z, pValue: row.pValue)
      }
    }
    let byPeriod = periods.map { meanWeightByPeriod(target, log, periods: $0) } ?? []
    return adjusted(
      tests(meanWeightByCell(target, log)) { .weightOfCell($0) }
        + tests(byPeriod) { .weightOfPeriod($0) })
  }

  private static func adjusted(_ tests: [PropensityTest]) -> [PropensityTest] {
    zip(tests, Multiplicity.holm(tests.map(\.pValue))).map { test, pValue in
      var test = test
      test.adjustedPValue = pValue
      return test
    }
  }
}
