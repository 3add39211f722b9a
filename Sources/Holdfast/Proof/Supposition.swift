internal import Inference
internal import Sessions

/// The same question asked under other choices: another window, some sessions left out.
struct Supposition: Sendable {
  let kind: ProofItem.Kind
  /// The choice, in words.
  let setting: String
  /// The rows of lift that it is about; nil for all.
  var concerns: (@Sendable (LiftRow) -> Bool)?
  /// The rows of lift under it; none if the log cannot answer.
  let rows: @Sendable () -> [LiftRow]

  /// Whether it bears upon a row.
  func isAbout(_ row: LiftRow) -> Bool { concerns?(row) ?? true }

  /// The row under it of each row of lift.
  func matching(_ own: [LiftRow], _ keys: [LiftRowKey]) -> [LiftRow?] {
    let found = rows()
    guard let concerns else { return LiftRowKey.matching(keys, found) }
    return own.map { row in
      concerns(row) ? found.first { $0.arm == row.arm && $0.metric == row.metric } : nil
    }
  }

  /// Every other choice that a log offers.
  static func all(_ table: SessionTable, _ log: EncodedLog, plan: RunPlan) -> [Supposition] {
    windows(table, log, plan: plan) + reasons(table, log, plan: plan)
  }

  /// The other windows of the plan.
  private static func windows(
    _ table: SessionTable, _ log: EncodedLog, plan: RunPlan
  ) -> [Supposition] {
    guard plan.metric == .saved else { return [] }
    return plan.proof.windowDays.filter { $0 != plan.windowDays }.map { days in
      Supposition(kind: .window, setting: "\(days) days") {
        var other = plan
        other.windowDays = days
        // The instant that states are as of is that of the run, not one found anew.
        other.asOf = log.asOf
        return (try? log.measured(table, plan: other)).map { lift($0, plan: other) } ?? []
      }
    }
  }

  /// Without the sessions that gave no reason, and without each of the common reasons.
  private static func reasons(
    _ table: SessionTable, _ log: EncodedLog, plan: RunPlan
  ) -> [Supposition] {
    guard let reasons = ReasonCodes(table, log) else { return [] }
    func without(_ code: Int32, _ name: String) -> Supposition {
      Supposition(kind: .reasons, setting: "without \(name)") {
        let sessions = (0..<log.rowCount).filter {
          log.isExperiment[$0] && reasons.codes[$0] != code
        }
        return lift(log, plan: plan, sessions: sessions)
      }
    }
    let missing = reasons.missingCount > 0 ? [without(-1, "sessions that gave no reason")] : []
    return missing
      + reasons.common(plan.proof.reasons).map { without($0, "'\(reasons.levels[Int($0)])'") }
      + [equalMix(table, log, plan: plan)]
  }

  /// Differences of shares inside each reason, put together: the arms' mixes of reasons have no part.
  private static func equalMix(
    _ table: SessionTable, _ log: EncodedLog, plan: RunPlan
  ) -> Supposition {
    var other = plan
    other.lift = RunPlan.LiftPlan()
    other.lift.tests = ["mantelHaenszelDifference"]
    other.lift.strata = ["reason"]
    other.lift.direction = plan.lift.direction
    other.lift.simultaneous = .none
    let (metric, asked) = (plan.metric.rawValue, other)
    return Supposition(
      kind: .reasons, setting: "equal mix",
      concerns: {
        $0.isShareDifference && $0.scale == .difference && $0.better != nil && $0.metric == metric
      }
    ) {
      var log = log
      let columns = try? LiftColumns(
        TableColumns(table: table), arms: log.arms, plan: asked.lift, order: log.tableRows)
      guard let columns else { return [] }
      log.lift = columns
      return lift(log, plan: asked)
    }
  }

  private static func lift(
    _ log: EncodedLog, plan: RunPlan, sessions: [Int]? = nil
  ) -> [LiftRow] {
    (try? LiftAnalysis(log, plan: plan, sessions: sessions))?.run() ?? []
  }
}

/// The reasons of a log's sessions, in replay order.
struct ReasonCodes: Sendable {
  /// The reason of each session; −1 where none was given.
  let codes: [Int32]
  /// The reasons.
  let levels: [String]
  private let counts: [Int]
  /// The number of sessions of the experiment that gave none.
  let missingCount: Int

  /// Nil of a log whose mapping has no reasons.
  init?(_ table: SessionTable, _ log: EncodedLog) {
    guard let column = TableColumns(table: table).category("reason") else { return nil }
    codes = log.tableRows.map { column.codes[$0] }
    levels = column.levels
    var (counts, missing) = (Array(repeating: 0, count: levels.count), 0)
    for row in codes.indices where log.isExperiment[row] {
      if codes[row] < 0 { missing += 1 } else { counts[Int(codes[row])] += 1 }
    }
    self.counts = counts
    missingCount = missing
  }

  /// The commonest reasons, the one named first among equals.
  ///
  /// One that few sessions gave is not among them: it changes little, and what a customer wrote with
  /// their own hand may name them.
  func common(_ limit: Int) -> [Int32] {
    let order = counts.indices.filter { counts[$0] >= Self.leastSessions }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return order.prefix(limit).map { Int32($0) }
  }

  private static let leastSessions = 30
}
