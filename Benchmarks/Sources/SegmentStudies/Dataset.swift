internal import Foundation

/// A compressed table of the folder that `HOLDFAST_DATASETS` names; it is not part of the project.
struct Dataset {
  enum Failure: Error {
    case noColumn(String)
    case notANumber(column: String, line: Int)
    case unknownLevel(String, column: String)
  }

  /// The names of the columns, in their order.
  let names: [String]
  private let columns: [String: [Substring]]

  /// Reads a table; nil if there is none.
  init?(_ path: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["HOLDFAST_DATASETS"] else { return nil }
    let file = URL(filePath: folder).appending(path: path)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map(Self.fields)
    var columns: [String: [Substring]] = [:]
    for (place, name) in (lines.first ?? []).enumerated() {
      columns[String(name)] = lines.dropFirst().map { $0[place] }
    }
    self.columns = columns
    names = (lines.first ?? []).map(String.init)
  }

  /// The fields of a line; a comma between quotes belongs to its field.
  private static func fields(_ line: Substring) -> [Substring] {
    var isQuoted = false
    return line.split(omittingEmptySubsequences: false) { character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted
    }
  }

  func texts(_ name: String) throws -> [Substring] {
    guard let column = columns[name] else { throw Failure.noColumn(name) }
    return column
  }

  func numbers(_ name: String) throws -> [Double] {
    try texts(name).enumerated().map { line, text in
      guard let number = Double(text) else {
        throw Failure.notANumber(column: name, line: line + 2)
      }
      return number
    }
  }

  /// The place of each element among some levels.
  func codes(_ name: String, _ levels: [String]) throws -> [Int32] {
    try texts(name).map { text in
      guard let code = levels.firstIndex(where: { $0 == text }) else {
        throw Failure.unknownLevel(String(text), column: name)
      }
      return Int32(code)
    }
  }
}
