/// One thing that is wrong with a plan: where it stands, under which key, and what was expected.
public struct PlanProblem: Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from one; zero if the problem is one of the whole file.
  public let line: Int
  /// The column, counted from one.
  public let column: Int
  /// The key, with the keys above it: `recommend.minimumSessions`.
  public let key: String
  /// What was found and what is allowed.
  public let message: String

  public var description: String {
    (line > 0 ? "\(line):\(column): " : "") + (key.isEmpty ? "" : "\(key): ") + message
  }
}

/// Everything that is wrong with a plan, all problems at once.
public struct PlanError: Error, Hashable, CustomStringConvertible {
  /// The file that holds the plan.
  public let file: String
  /// The problems in the order of their places; at least one.
  public let problems: [PlanProblem]
  /// Whether there is no such file.
  public let isFileMissing: Bool

  /// Puts the problems in order.
  init(file: String, problems: [PlanProblem], isFileMissing: Bool = false) {
    self.file = file
    self.isFileMissing = isFileMissing
    self.problems = problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// One line a problem: file, line, column, key, and what was expected.
  public var description: String {
    problems.map { "\(file):\($0.line > 0 ? "" : " ")\($0)" }.joined(separator: "\n")
  }
}
