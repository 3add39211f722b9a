internal import Bandits
internal import Inference
internal import Sessions

/// What is wrong with a log, and what a run of a plan would rest on.
public struct LogCheck: Sendable {
  private let plan: RunPlan
  private let report: ReadReport
  private let log: EncodedLog
  private let sampleRatio: SampleRatio
  private let audit: LogAudit?

  /// Reads the log of a plan and looks it over.
  ///
  /// - Throws: `SessionError` if the file cannot be read, ``RunError`` if the plan does not fit it.
  public init(_ plan: RunPlan, _ watch: @escaping (Run.Stage) -> Void = { _ in }) throws {
    self.plan = plan
    var lenient = plan
    lenient.maximumRejectedShare = 1
    let table = try Run(lenient).read(watch)
    watch(.encoding)
    report = table.report
    log = try EncodedLog(table, plan: plan)
    sampleRatio = try SampleRatio(log, rows: log.rows(experimentOnly: true), plan: plan)
    audit =
      log.propensities == nil
      ? nil
      : (try? PolicySample(log, rows: log.rows(experimentOnly: false), "").decisions.get())
        .map { LogAudit($0) }
  }

  /// Whether a run would stop because of the rejected rows.
  public var stopsRun: Bool { report.exceeds(maximumRejectedShare: plan.maximumRejectedShare) }

  /// The report for people.
  public func text(rejects limit: Int) -> String {
    var text = "\(report.rows) rows: \(report.accepted) accepted, \(report.rejected) rejected, "
    text += "\(report.filtered) filtered, \(report.exactDuplicates) exact duplicates\n"
    text += "sha256 \(report.sha256)\n"
    text += rejected(limit)
    for warning in report.warnings {
      text += "warning: \(TerminalTable.printable(warning.sentence))\n"
    }
    if plan.metric == .saved {
      let states = log.states.fields.map { "\($0.0) \(CSVWriter.text($0.1))" }
      text += "states as of \(log.asOf.map { Instant.text($0) } ?? "–"): "
      text += states.joined(separator: ", ") + "\n"
    }
    text += "sessions that count: \(log.rows(experimentOnly: false).count), in the experiment: "
    text += "\(log.rows(experimentOnly: true).count)\n"
    text += sampleRatio.warning.map { "warning: \($0)\n" } ?? ""
    return text + "\n" + arms
  }

  private func rejected(_ limit: Int) -> String {
    let codes = report.rejectedByCode.sorted { $0.key.rawValue < $1.key.rawValue }
    var text = codes.map { "rejected: \($0.key.rawValue) × \($0.value): \($0.key.sentence)\n" }
      .joined()
    for reject in report.rejects.prefix(limit) {
      let column = reject.column.map { " \(TerminalTable.printable($0))" } ?? ""
      text += "  line \(reject.line)\(column): \(reject.code.rawValue)\n"
    }
    if report.rejected > limit { text += "  … \(report.rejected - limit) more\n" }
    return text
  }

  /// The arms: sessions, means, and whether the recorded propensities fit.
  private var arms: String {
    var table = TerminalTable([
      ("arm", .left), ("sessions", .right), ("mean", .right), ("least propensity", .right),
      ("greatest", .right), ("mean weight", .right), ("p of weight 1", .right),
    ])
    let summaries = ArmSummary.byArm(log, rows: log.rows(experimentOnly: false)) {
      log.rewards[$0]
    }
    for (index, summary) in summaries.enumerated() {
      let row = audit?.arms[index]
      func number(_ value: Double?) -> String { value.map { Decimals.text($0, 4) } ?? "–" }
      table.add([
        log.arms.levels[index], "\(summary.moments.count)", number(summary.mean),
        number(row?.leastPropensity), number(row?.greatestPropensity), number(row?.meanWeight),
        row?.pValue.map(Decimals.pValue) ?? "–",
      ])
    }
    return table.text
  }
}
