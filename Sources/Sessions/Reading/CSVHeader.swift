/// The first row of a CSV file: the names of its columns, as written.
struct CSVHeader {
  let names: [String]
  /// The blank lines before it.
  private(set) var blanks: [Int] = []
  private let path: String
  private let line: Int

  /// Reads the header; whatever is wrong with it stops the file.
  init(_ tokenizer: inout CSVTokenizer, _ window: ByteWindow) throws(SessionError) {
    path = tokenizer.path
    var row = RawRow()
    var step = try tokenizer.next(window, into: &row)
    while case .blank = step {
      blanks.append(row.line)
      step = try tokenizer.next(window, into: &row)
    }
    line = row.line
    if case .refused(let code, _) = step {
      throw SessionError(file: path, line: row.line, code: code, sentence: code.sentence)
    }
    guard case .row = step else {
      throw SessionError(
        file: path, line: 1, code: .emptyFile, sentence: "the file has no header and no row")
    }
    guard row.fieldCount <= tokenizer.limits.columns else {
      throw SessionError(
        file: path, line: row.line, code: .tooManyColumns,
        sentence: "the header has \(row.fieldCount) columns; \(tokenizer.limits.columns) can be")
    }
    names = row.fields.map { String(decoding: $0.bytes, as: UTF8.self) }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw SessionError(
        file: path, line: row.line, column: name, code: .duplicateColumn,
        sentence: "two columns have this name")
    }
    tokenizer.columnCount = names.count
  }

  /// Checks that columns are there, and names all that are not.
  func require(_ columns: [String]) throws(SessionError) {
    let missing = columns.filter { !names.contains($0) }
    guard let first = missing.first else { return }
    let plural = missing.count > 1 ? "the columns" : "the column"
    let verb = missing.count > 1 ? "are" : "is"
    throw SessionError(
      file: path, line: line, column: first, code: .missingColumn,
      sentence: "\(plural) \(missing.joined(separator: ", ")) \(verb) not in the header"
        + (hint(missing) ?? ""))
  }

  /// What may be behind it.
  private func hint(_ missing: [String]) -> String? {
    if names.count == 1, let header = names.first {
      for (delimiter, name) in [("\t", "TAB"), (";", "SEMICOLON"), ("|", "BAR")]
      where header.contains(delimiter) {
        return "; the delimiter seems to be \(name), and only the comma is read"
      }
    }
    let near = missing.compactMap { wanted in
      names.first { Self.folded($0) == Self.folded(wanted) }.map { "\"\($0)\" for \(wanted)" }
    }
    return near.isEmpty ? nil : "; it has \(near.joined(separator: ", "))"
  }

  /// A name without what is easily mistaken in it.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
