public import Inference

/// What to compute from the counts of many experiments.
///
/// It is read from YAML or JSON (``init(contentsOf:environment:)``) and checked once, there.
public struct ExperimentsPlan: Hashable, Sendable {
  /// The file of counts: a path, or `-` for standard input.
  public var counts: String
  /// The columns whose joint levels name an experiment.
  public var experiment: [String]
  /// Where the counts of an arm stand.
  public var layout: Layout
  /// The column that tells when counts were taken, a number; counts are cumulative. Absent: once.
  public var look: String?
  /// How experiments are grouped in the summary.
  public var group: Group?
  /// The rows to keep: every column named has one of its values; written `where`.
  public var filter: [String: [String]] = [:]
  /// The words that stand for a missing count.
  public var missing = [""]
  /// The arm of an experiment that the others are compared with.
  public var baseline = Baseline.first
  /// The share of sessions that each arm was meant to get, by arm; empty for equal shares.
  public var shares: [String: Double] = [:]
  /// Which effects are good.
  public var direction = NonInferiorityTest.Direction.moreIsBetter
  /// The tests by their names in the catalogues. Empty: one, chosen by what the counts are.
  public var tests: [String] = []
  /// The correction for testing many experiments.
  public var adjustment = Multiplicity.benjaminiHochberg
  /// The level of every interval; one less the level is the error rate of every test.
  public var level = 0.95
  /// The number of sessions, both arms together, at which always-valid intervals are to be short.
  public var plannedSessions = AlwaysValidTest.defaultSessions
  /// The share of rows that may be rejected before the run stops.
  public var maximumRejectedShare = 0.0

  /// Creates a plan with the defaults.
  public init(counts: String, experiment: [String], layout: Layout) {
    self.counts = counts
    self.experiment = experiment
    self.layout = layout
  }

  /// The columns of an arm's counts.
  public enum Columns: Hashable, Sendable {
    /// How many sessions, and how many successes among them.
    case tally(trials: String, successes: String)
    /// How many values, their mean, and their unbiased variance.
    case moments(count: String, mean: String, variance: String)
  }

  /// Where the counts of an arm stand.
  public enum Layout: Hashable, Sendable {
    /// A row for each arm, named by a column; without one the arms are numbered as they stand.
    case rows(arm: String?, Columns)
    /// All arms side by side in each row, in their order.
    case sideBySide([NamedColumns])
  }

  /// An arm, and the columns of its counts.
  public struct NamedColumns: Hashable, Sendable {
    /// The name of the arm.
    public var arm: String
    /// The columns of its counts.
    public var columns: Columns
  }

  /// Which arm the others are compared with.
  public enum Baseline: Hashable, Sendable {
    /// The one whose counts stand first in the file.
    case first
    /// The one of this name.
    case named(String)
    /// The one whose row has one of these values in this column.
    case marked(column: String, values: [String])
  }

  /// How experiments are grouped in the summary: by a column of their first row.
  public struct Group: Hashable, Sendable {
    /// The column.
    public var column: String
    /// The values that make a group, by its name; empty: every value is a group.
    public var levels: [String: [String]] = [:]
    /// The name of the group of all other values.
    public var otherwise = "other"
  }
}
