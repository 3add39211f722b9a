import Foundation
import LinearAlgebra
import Testing

/// A small comma-separated table of a test, by column name.
struct CSVTable {
  let columns: [String: [String]]

  /// Reads a file of the reference folder.
  init(reference name: String) throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    self.init(try String(contentsOf: folder.appending(path: name), encoding: .utf8))
  }

  init(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(Self.fields)
    var columns: [String: [String]] = [:]
    for (index, name) in (lines.first ?? []).enumerated() {
      columns[name] = lines.dropFirst().map { $0[index] }
    }
    self.columns = columns
  }

  /// The fields of a line; a comma between quotes belongs to its field.
  private static func fields(_ line: Substring) -> [String] {
    var (fields, isQuoted) = ([""], false)
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  func texts(_ name: String) throws -> [String] {
    try #require(columns[name], "the table has a column \(name)")
  }

  func numbers(_ name: String) throws -> [Double] {
    try texts(name).map { try #require(Double($0)) }
  }

  func codes(_ name: String, _ levels: [String]) throws -> [Int32] {
    try texts(name).map { Int32(try #require(levels.firstIndex(of: $0))) }
  }
}

/// A design built column by column with the names that R gives its coefficients.
struct NamedDesign {
  private(set) var names: [String] = []
  private(set) var parts: [HorizontalMatrix.Part] = []
  var matrix: HorizontalMatrix { HorizontalMatrix(parts) }

  init(rows: Int) { add("(Intercept)", .intercept(rows: rows)) }

  mutating func add(_ name: String, _ numbers: [Double]) {
    names.append(name)
    parts.append(.dense(DenseMatrix(columns: [numbers])))
  }

  mutating func add(_ name: String, _ category: CategoricalMatrix) { add([name], category) }

  mutating func add(_ names: [String], _ category: CategoricalMatrix) {
    self.names += names
    parts.append(.categorical(category))
  }
}
