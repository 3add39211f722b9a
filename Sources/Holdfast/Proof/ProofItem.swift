public import Inference

/// One line of a proof sheet: what was looked at behind a row of lift, and how it stands.
public struct ProofItem: FlatRow, Hashable {
  /// What was looked at.
  public enum Kind: String, CaseIterable, Sendable {
    /// Test, null, tail and interval.
    case method
    /// What was done about the number of comparisons, and what was not.
    case adjustment
    /// How many windows have closed, and when the last one will have.
    case maturity
    /// What the effect can still become when the open windows close.
    case openWindows = "open_windows"
    /// Whether the arms got their shares.
    case sampleRatio = "sample_ratio"
    /// How often the test rejects on this very log when its arms are dealt out anew.
    case falsePositives = "false_positives"
    /// How often any arm's adjusted p-value does.
    case familyErrors = "family_errors"
    /// The effect that these sizes could have found.
    case detectableEffect = "detectable_effect"
    /// Whether test and interval say the same.
    case coherence
    /// The verdict over another window.
    case window
    /// The posterior verdict under another prior.
    case prior
    /// The verdict with reasons left out, or with their mix made equal.
    case reasons

    /// Whether it is a rate over deals, whose setting is their number.
    var isRate: Bool { self == .falsePositives || self == .familyErrors }
  }

  /// How an item stands.
  public enum Standing: String, CaseIterable, Sendable {
    /// Said, and nothing to fail.
    case stated
    case holds
    case fails
    /// The verdict is another one under the supposition.
    case changes
    /// There is no answer; the note says why.
    case unanswered
  }

  /// The number of the row of lift, from 1.
  public var row = 0
  /// What that row compares.
  public var metric = ""
  /// The arm of that row.
  public var arm = ""
  /// The test of that row.
  public var method = ""
  /// What was looked at.
  public var kind: Kind
  /// The supposition, where there is one.
  public var setting: String?
  /// How it stands.
  public var standing: Standing
  /// A number: a share, an effect on the row's scale, a rate.
  public var value: Double?
  /// Its interval.
  public var interval: Interval?
  /// The level of that interval.
  public var level: Double?
  /// A p-value.
  public var pValue: Double?
  /// What the row would decide.
  public var verdict: String?
  /// The finding in a sentence.
  public var note: String

  init(
    _ kind: Kind, _ standing: Standing, setting: String? = nil, value: Double? = nil,
    interval: Interval? = nil, level: Double? = nil, pValue: Double? = nil,
    verdict: Verdict? = nil, _ note: String
  ) {
    self.kind = kind
    self.standing = standing
    self.setting = setting
    self.value = value
    self.interval = interval
    self.level = level
    self.pValue = pValue
    self.verdict = verdict?.rawValue
    self.note = note
  }

  public static let columns: [Column<ProofItem>] =
    [
      Column("row") { .init($0.row) }, Column("metric") { .init($0.metric) },
      Column("arm") { .init($0.arm) }, Column("method") { .init($0.method) },
    ] + statementColumns

  /// The columns of the statement itself, without the row it is about.
  static let statementColumns: [Column<ProofItem>] = [
    Column("item") { .init($0.kind.rawValue) }, Column("setting") { .init($0.setting) },
    Column("standing") { .init($0.standing.rawValue) }, Column("value") { .init($0.value) },
    Column("lower") { .init(bounded: $0.interval?.lower) },
    Column("upper") { .init(bounded: $0.interval?.upper) }, Column("level") { .init($0.level) },
    Column("p") { .init($0.pValue) }, Column("verdict") { .init($0.verdict) },
    Column("note") { .init($0.note) },
  ]
}
