public import Sessions

/// Why a run that has a sound plan stops before it writes anything.
public enum RunError: Error, Sendable, CustomStringConvertible {
  /// A key of the plan names a column that the log does not have in a usable role.
  case unknownColumn(key: String, column: String, allowed: [String])
  /// A key of the plan names an arm that the log does not have.
  case unknownArm(key: String, arm: String, seen: [String])
  /// A policy of the plan cannot be made for the arms and cells that there are.
  case unfitPolicy(policy: String, String)
  /// The log has no session.
  case noSessions(file: String)
  /// A state as of a date needs a time, and an outcome or a reward.
  case noMetric(String)
  /// A number of this role is so great that its square is none.
  case tooLarge(role: String)
  /// More rows were rejected than the plan allows.
  case tooManyRejects(file: String, ReadReport)
  /// A file of probabilities does not fit the log.
  case badTable(file: String, line: Int, String)
  /// A file cannot be written.
  case cannotWrite(path: String, String)

  public var description: String {
    switch self {
    case .unknownColumn(let key, let column, let allowed):
      "\(key): the log has no column '\(column)' for this; it has: \(Self.list(allowed))"
    case .unknownArm(let key, let arm, let seen):
      "\(key): the log has no arm '\(arm)'; it has: \(Self.list(seen))"
    case .unfitPolicy(let policy, let sentence): "policies: \(policy): \(sentence)"
    case .noSessions(let file): "\(file): no session was accepted; there is nothing to compute"
    case .noMetric(let sentence): "metric: \(sentence)"
    case .tooLarge(let role):
      "\(role): a value is beyond ±\(MetricColumn.greatest), where sums of squares overflow; set "
        + "minimum and maximum in the mapping to reject such rows"
    case .tooManyRejects(let file, let report): Self.rejects(file, report)
    case .badTable(let file, let line, let sentence): "\(file):\(line): \(sentence)"
    case .cannotWrite(let path, let sentence): "\(path): \(sentence)"
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { TerminalTable.printable(String($0.prefix(60))) }
      .joined(separator: ", ")
    return names.count > 12 ? "\(shown) … (\(names.count) in all)" : shown
  }

  private static func rejects(_ file: String, _ report: ReadReport) -> String {
    let first = report.rejects.prefix(5).map { reject in
      "\(file):\(reject.line): \(reject.column.map { "\($0): " } ?? "")\(reject.code.rawValue): "
        + reject.code.sentence
    }
    return
      ([
        "\(file): \(report.rejected) of \(report.rows) rows are rejected, more than "
          + "maximumRejectedShare allows; nothing was written"
      ] + first).joined(separator: "\n")
  }
}
