/// A column of categories: codes, one a row, and the levels they stand for in byte order.
///
/// Levels are sorted, so that the order of the rows in a file has no part in any result.
struct CategoryCodes: Sendable {
  /// The name of the column, or of several joined.
  let name: String
  /// The level of each row; −1 where missing.
  let codes: [Int32]
  /// The levels.
  let levels: [String]

  /// Sorts levels, and puts one of them first if it is named.
  init(name: String, codes: [Int32], levels: [String], first: String? = nil) {
    let order = levels.indices.sorted { left, right in
      let isFirst = (levels[left] == first, levels[right] == first)
      if isFirst.0 != isFirst.1 { return isFirst.0 }
      return levels[left].utf8.lexicographicallyPrecedes(levels[right].utf8)
    }
    var place = Array(repeating: Int32(0), count: levels.count)
    for (new, old) in order.enumerated() { place[old] = Int32(new) }
    self.name = name
    self.codes = codes.map { $0 < 0 ? -1 : place[Int($0)] }
    self.levels = order.map { levels[$0] }
  }

  /// The joint levels of several columns, those that occur; a missing level is called `missing`.
  ///
  /// - Complexity: O(rows × columns).
  init(joining columns: [CategoryCodes], rowCount: Int) {
    guard let first = columns.first else {
      self.init(
        name: "everybody", codes: Array(repeating: 0, count: rowCount), levels: ["everybody"])
      return
    }
    // Levels are numbered as they occur, so that none is empty; sorting takes their order out again.
    var (codes, levels) = Self.numbered(rowCount) {
      first.codes[$0]
    } name: {
      first.level($0)
    }
    for column in columns.dropFirst() {
      let (left, leftLevels) = (codes, levels)
      (codes, levels) = Self.numbered(rowCount) { row in
        Int64(left[row]) << 32 | Int64(column.codes[row] + 1)
      } name: { pair in
        "\(leftLevels[Int(pair >> 32)]) × \(column.level(Int32(pair & 0xFFFF_FFFF) - 1))"
      }
    }
    self.init(name: columns.map(\.name).joined(separator: " × "), codes: codes, levels: levels)
  }

  /// Numbers keys from zero in the order in which they occur, and names each once.
  private static func numbered<Key: Hashable>(
    _ rowCount: Int, key: (Int) -> Key, name: (Key) -> String
  ) -> (codes: [Int32], levels: [String]) {
    var seen: [Key: Int32] = [:]
    var levels: [String] = []
    let codes = (0..<rowCount).map { row in
      let key = key(row)
      if let code = seen[key] { return code }
      let code = Int32(levels.count)
      seen[key] = code
      levels.append(name(key))
      return code
    }
    return (codes, levels)
  }

  /// The name of a level; a missing one is called so.
  private func level(_ code: Int32) -> String { code < 0 ? Self.missing : levels[Int(code)] }

  private static let missing = "missing"

  /// The codes in another order of rows.
  func reordered(_ rows: [Int]) -> CategoryCodes {
    CategoryCodes(name: name, codes: rows.map { codes[$0] }, sortedLevels: levels)
  }

  /// Other codes, one a row, of the same levels.
  func recoded(_ codes: [Int32]) -> CategoryCodes {
    CategoryCodes(name: name, codes: codes, sortedLevels: levels)
  }

  private init(name: String, codes: [Int32], sortedLevels: [String]) {
    self.name = name
    self.codes = codes
    levels = sortedLevels
  }
}
