/// A column of free text: the bytes of all rows behind each other, and where each row ends.
public struct TextColumn: Sendable {
  /// The UTF-8 of every row.
  public private(set) var bytes: [UInt8] = []
  /// Row *i* is `bytes[offsets[i]..<offsets[i + 1]]`.
  public private(set) var offsets: [Int] = [0]

  /// Creates a column without rows.
  public init() {}

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// The text of a row.
  public subscript(row: Int) -> String { String(decoding: utf8(row), as: UTF8.self) }

  /// The bytes of a row.
  func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }

  /// Adds a row.
  mutating func append(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
  }

  /// The rows at the places given, in their order.
  func gather(_ rows: [Int]) -> TextColumn {
    var column = TextColumn()
    for row in rows { column.append(utf8(row)) }
    return column
  }
}
