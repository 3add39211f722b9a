internal import Bandits

/// One check of what a log recorded before a policy is valued from it.
public struct AuditRow: FlatRow, Hashable {
  /// What is checked.
  public enum Check: String, Hashable, Sendable {
    /// How often a cell was shown an arm, against the recorded propensity.
    case calibration
    /// The mean weight of all sessions, of a cell's, or of a period's, against 1.
    case meanWeight = "mean_weight"
    case meanWeightOfCell = "mean_weight_of_cell"
    case meanWeightOfPeriod = "mean_weight_of_period"
    /// The share of the policy's choices that the log could have made.
    case support
    /// Kish's effective sample size of the weights.
    case effectiveSampleSize = "effective_n"
    /// The share of the value that the hundredth part of the sessions with the greatest weights carries.
    case topWeightShare = "top_weight_share"
  }

  /// The policy whose weights are checked; `log` where it is the log alone.
  public var policy: String
  /// What the policy's value is of: `mean` or `net margin`; nil where it is the log alone.
  public var quantity: String?
  /// What is checked.
  public var check: Check
  /// The cell or the period, from 1.
  public var subject: String?
  /// The arm.
  public var arm: String?
  /// The number of sessions.
  public var sessions: Int
  /// What was found.
  public var value: Double?
  /// What was expected, or is allowed.
  public var expected: Double?
  /// How many standard errors the value lies above what was expected.
  public var z: Double?
  /// The two-sided p-value of `z`.
  public var pValue: Double?
  /// The p-value adjusted over the checks of its kind by Holm's procedure.
  public var adjustedPValue: Double?
  /// Whether the check is passed; nil where it says nothing.
  public var isPassed: Bool?

  public static let columns: [Column<AuditRow>] = [
    Column("policy") { .init($0.policy) }, Column("quantity") { .init($0.quantity) },
    Column("check") { .init($0.check.rawValue) }, Column("subject") { .init($0.subject) },
    Column("arm") { .init($0.arm) }, Column("n") { .init($0.sessions) },
    Column("value") { .init($0.value) }, Column("expected") { .init($0.expected) },
    Column("z") { .init($0.z) }, Column("p") { .init($0.pValue) },
    Column("p_adjusted") { .init($0.adjustedPValue) },
    Column("verdict") { row in
      .init(row.isPassed.map { $0 ? "passed" : "failed" })
    },
  ]
}

extension AuditRow {
  /// The rows of a target's weights.
  static func rows(
    _ tests: [PropensityTest], _ overlap: LogAudit.TargetRow, topShare: Double?, policy: String,
    quantity: String, _ log: EncodedLog, _ plan: RunPlan
  ) -> [AuditRow] {
    let sessions = tests.reduce(0) { sum, test in
      if case .weightOfCell = test.subject { sum + test.sessions } else { sum }
    }
    func row(
      _ check: Check, _ value: Double?, _ expected: Double?, _ isPassed: Bool?
    ) -> AuditRow {
      AuditRow(
        policy: policy, quantity: quantity, check: check, sessions: sessions, value: value,
        expected: expected, isPassed: isPassed)
    }
    let floors = EstimatorSuite.floors(plan)
    let limit = plan.offPolicy.audit.limits.topWeightShare
    let least = 1 - floors.unsupportedShare
    return [
      row(.support, overlap.supportedShare, least, overlap.supportedShare >= least),
      row(
        .effectiveSampleSize, overlap.effectiveSampleSize, floors.effectiveSampleSize,
        overlap.effectiveSampleSize >= floors.effectiveSampleSize),
      row(.topWeightShare, topShare, limit, topShare.map { $0 <= limit }),
      row(.meanWeight, overlap.meanWeight, 1, nil),
    ] + tests.map { AuditRow($0, policy: policy, quantity: quantity, log, plan) }
  }

  /// The row of a test of propensities.
  init(
    _ test: PropensityTest, policy: String = "log", quantity: String? = nil, _ log: EncodedLog,
    _ plan: RunPlan
  ) {
    self.init(
      policy: policy, quantity: quantity, check: .calibration, sessions: test.sessions,
      value: test.observed, expected: test.expected, z: test.z, pValue: test.pValue,
      adjustedPValue: test.adjustedPValue,
      isPassed: test.adjustedPValue.map { _ in !test.fails(plan.offPolicy.audit.limits) })
    switch test.subject {
    case .frequency(let arm, let cell):
      (subject, self.arm) = (log.cells.levels[cell], log.arms.levels[arm.index])
    case .weightOfCell(let cell):
      (check, subject) = (.meanWeightOfCell, log.cells.levels[cell])
    case .weightOfPeriod(let period):
      (check, subject) = (.meanWeightOfPeriod, "\(period + 1)")
    }
  }
}
