internal import Yams

/// Composes a plan file even where keys stand twice, so that these are reported beside the rest.
///
/// The parser stops at the first duplicate. Here its first letter is replaced by a scalar of the
/// private use area, which no plan has, and the text is parsed again.
struct DuplicateKeys {
  /// The root of the file; nil if the file is empty.
  let root: Node?
  /// The keys that stood twice.
  let problems: [PlanProblem]

  /// Parses a text.
  ///
  /// - Throws: `YamlError` for anything but a duplicate key.
  init(composing text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var problems: [PlanProblem] = []
    while true {
      do {
        // Words stay words: "no" and "TRUE" are levels of columns here, not truth values.
        root = try Yams.compose(yaml: lines.joined(separator: "\n"), .basic)
        self.problems = problems
        return
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let mark = context.mark
        guard let key = keys.first, problems.count < Self.limit,
          lines.indices.contains(mark.line - 1)
        else { throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context) }
        problems.append(
          PlanProblem(
            line: mark.line, column: mark.column, key: key, message: "this key stands twice"))
        lines[mark.line - 1] = Self.marking(lines[mark.line - 1], at: mark.column)
      }
    }
  }

  /// Whether a key was renamed because it stood twice.
  static func isMarked(_ key: String) -> Bool {
    key.unicodeScalars.first.map(isMark) ?? false
  }

  /// Whether a message speaks of a key that was renamed.
  static func isMarked(in message: String) -> Bool {
    message.unicodeScalars.contains(where: isMark)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    (0xE000...0xF8FF).contains(scalar.value)
  }

  private static let limit = 64

  /// Replaces the first letter of the key at a column, behind its quote if there is one.
  private static func marking(_ line: String, at column: Int) -> String {
    var scalars = Array(line.unicodeScalars)
    var index = column - 1
    if scalars.indices.contains(index), scalars[index] == "\"" || scalars[index] == "'" {
      index += 1
    }
    guard scalars.indices.contains(index) else { return line }
    let taken = scalars.count(where: isMark)
    scalars[index] = Unicode.Scalar(0xE000 + UInt32(taken)) ?? scalars[index]
    return String(String.UnicodeScalarView(scalars))
  }
}
