/// A table of text for people: columns aligned, numbers to the right.
public struct TerminalTable: Sendable {
  /// How the cells of a column stand.
  public enum Alignment: Sendable { case left, right }

  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// Creates a table from its columns.
  public init(_ columns: [(String, Alignment)]) {
    header = columns.map(\.0)
    alignments = columns.map(\.1)
  }

  /// Adds a row; control characters, which could steer a terminal, are shown as escapes.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count == header.count, "a row has a cell a column")
    rows.append(cells.map(Self.printable))
  }

  /// The table with a line under its header, each line ending in a line end.
  public var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return alignments[column] == .left ? cells[column] + space : space + cells[column]
      }
      var text = padded.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    return line(header) + line(widths.map { String(repeating: "─", count: $0) })
      + rows.map(line).joined()
  }

  /// A text without control or direction-changing characters.
  static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
