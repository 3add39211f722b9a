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
    let names = columns.map(\.name).joined(separator: " × ")
    var levels = first.levels + [Self.missing]
    var codes = first.codes.map { $0 < 0 ? Int32(first.levels.count) : $0 }
    for column in columns.dropFirst() {
      // Pairs are numbered as they occur; sorting at the end takes their order out again.
      var seen: [Int64: Int32] = [:]
      var joint: [String] = []
      for row in 0..<rowCount {
        let right = column.codes[row] < 0 ? Int32(column.levels.count) : column.codes[row]
        let pair = Int64(codes[row]) << 32 | Int64(right)
        if let code = seen[pair] {
          codes[row] = code
        } else {
          let code = Int32(joint.count)
          seen[pair] = code
          joint.append(
            "\(levels[Int(codes[row])]) × \((column.levels + [Self.missing])[Int(right)])")
          codes[row] = code
        }
      }
      levels = joint
    }
    self.init(name: names, codes: codes, levels: levels)
  }

  private static let missing = "missing"

  /// The codes in another order of rows.
  func reordered(_ rows: [Int]) -> CategoryCodes {
    CategoryCodes(name: name, codes: rows.map { codes[$0] }, sortedLevels: levels)
  }

  private init(name: String, codes: [Int32], sortedLevels: [String]) {
    self.name = name
    self.codes = codes
    levels = sortedLevels
  }
}
