/// Rows as CSV (RFC 4180): a header, LF line ends, quotes where a field needs them.
///
/// Numbers are written in the shortest form that reads back to the same double; a missing value is
/// an empty field; several texts are joined by `; `.
package enum CSVWriter {
  /// The text of a table; one without rows has its header.
  package static func text<Row: FlatRow>(_ rows: some Sequence<Row>) -> String {
    var text = ""
    write(rows) { text += $0 }
    return text
  }

  /// Writes a table into a file, a record at a time.
  static func write<Row: FlatRow>(_ rows: some Sequence<Row>, to sink: inout FileSink) {
    write(rows) { sink.write($0) }
  }

  private static func write<Row: FlatRow>(_ rows: some Sequence<Row>, _ emit: (String) -> Void) {
    let columns = Row.columns
    emit(line(columns.map(\.name)))
    for row in rows { emit(line(columns.map { text($0.value(row)) })) }
  }

  /// One record with its line end.
  package static func line(_ fields: [String]) -> String {
    var line = ""
    for (place, field) in fields.enumerated() {
      if place > 0 { line += "," }
      append(field, to: &line)
    }
    return line + "\n"
  }

  /// A value as the text of a field, before quoting.
  package static func text(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): "\(number)"
    case .integer(let integer): "\(integer)"
    case .texts(let texts): texts.joined(separator: "; ")
    case .missing: ""
    }
  }

  /// Adds a field, within quotes and with its own quotes doubled where the grammar asks for it.
  private static func append(_ field: String, to line: inout String) {
    var (needsQuotes, hasQuotes) = (false, false)
    var field = field
    // On the bytes: a record of a million customers has no time for characters.
    field.withUTF8 { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "\""): (needsQuotes, hasQuotes) = (true, true)
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): needsQuotes = true
        default: break
        }
      }
    }
    guard needsQuotes else {
      line += field
      return
    }
    line += "\""
    line +=
      hasQuotes
      ? field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      : field
    line += "\""
  }
}
