/// Rows as CSV (RFC 4180): a header, LF line ends, quotes where a field needs them.
///
/// Numbers are written in the shortest form that reads back to the same double; a missing value is
/// an empty field; several texts are joined by `; `.
package enum CSVWriter {
  /// The text of a table; one without rows has its header.
  package static func text<Row: FlatRow>(_ rows: [Row]) -> String {
    let columns = Row.columns
    var text = line(columns.map(\.name))
    for row in rows { text += line(columns.map { Self.text($0.value(row)) }) }
    return text
  }

  /// One record with its line end.
  package static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
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

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
