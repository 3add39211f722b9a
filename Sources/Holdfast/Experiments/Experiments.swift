public import Inference
public import Sessions

/// Many experiments that are counted already, read as one run.
///
/// The answers depend on the plan and the counts alone. Rows may stand in any order, except that the
/// first arm of an experiment is its baseline unless the plan names one.
public struct Experiments: Sendable {
  /// The comparisons, by experiment, arm and test.
  public let rows: [ExperimentRow]
  /// The looks at them; empty where the plan names none.
  public let looks: [LookRow]
  /// What they come to: all experiments, then each group.
  public let summaries: [ExperimentsSummary]
  /// The law of the differences; nil with fewer than two of them.
  public let shrinkage: NormalShrinkage?
  /// What was read, and what was odd about it.
  public let report: ReadReport

  /// Reads the counts of a plan and compares.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - watch: Called with the progress of reading.
  /// - Throws: `SessionError` if the file cannot be read, ``RunError`` if too many rows are rejected
  ///   or none is left.
  public init(
    _ plan: ExperimentsPlan, _ watch: ((SessionReader.Progress) -> Void)? = nil
  ) throws {
    let log = try ExperimentLog(plan, watch)
    let analysis = ExperimentAnalysis(log, plan: plan)
    rows = analysis.rows
    looks = analysis.looks
    shrinkage = analysis.shrinkage
    summaries = ExperimentsSummary.summaries(analysis.rows, alpha: 1 - plan.level)
    report = log.report
  }
}
