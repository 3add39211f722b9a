/// Rows as text for machines.
public enum ResultText {
  /// Rows as CSV with a header.
  public static func csv<Row: FlatRow>(_ rows: some Collection<Row>) -> String {
    CSVWriter.text(rows)
  }

  /// Rows as a JSON array.
  public static func json(_ rows: [some FlatRow]) -> String {
    JSONValue.array(rows.map { JSONValue($0) }).text
  }
}
