/// Why a log cannot be read as a whole.
///
/// It never holds a value of the log: a log is about people.
public struct SessionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path; "-" is standard input.
  public let file: String
  /// The physical line on which the record in question starts, from 1; 0 if it has none.
  public let line: Int
  /// The name of the column in question.
  public let column: String?
  /// The cause.
  public let code: ReadCode
  /// What is wrong and what can be done, in one sentence.
  public let sentence: String

  /// Creates an error.
  public init(
    file: String, line: Int = 0, column: String? = nil, code: ReadCode, sentence: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.code = code
    self.sentence = sentence
  }

  public var description: String {
    let place = (line > 0 ? ":\(line)" : "") + (column.map { " (\($0))" } ?? "")
    return "\(file)\(place): \(code.rawValue): \(sentence)"
  }
}
