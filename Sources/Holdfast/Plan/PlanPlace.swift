internal import Yams

/// Where in a plan something stands, for what can be judged only later: once a log is read, say.
public struct PlanPlace: Hashable, Sendable {
  /// The line, counted from one; zero where the plan was not read from a file.
  public var line = 0
  /// The column, counted from one.
  public var column = 0
  /// The key with the keys above it.
  public var key: String

  /// Names a key without a place in a file.
  public init(_ key: String) { self.key = key }

  init(_ key: String, _ mark: Mark?) {
    self.key = key
    (line, column) = (mark?.line ?? 0, mark?.column ?? 0)
  }

  /// A problem of what stands here.
  func problem(_ message: String) -> PlanProblem {
    PlanProblem(line: line, column: column, key: key, message: message)
  }
}
