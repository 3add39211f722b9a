import Foundation
import Testing

/// The acceptance cases of segments: what outside programs found on the data beside them.
///
/// `segments.json` is a list of objects `{id, function, inputs, expected, tolerance, source}`. Inputs and
/// expectations differ from function to function, so that a test decodes those it knows.
struct SegmentCases {
  /// A number, a text, a list or an object, as written.
  enum Value: Decodable, Sendable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case list([Value])
    case object([String: Value])
    case null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  /// One case.
  struct Case: Decodable, Sendable {
    let id: String
    let function: String
    let inputs: Value
    let expected: Value
    let tolerance: [String: Value]

    /// The greatest relative error that passes.
    func relativeTolerance() throws -> Double { try #require(tolerance["rel"]).number() }
    /// The greatest absolute error that passes.
    func absoluteTolerance() throws -> Double { try #require(tolerance["abs"]).number() }
  }

  /// The cases, in the order of the file.
  let cases: [Case]

  /// Reads the file of the reference folder.
  init() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "segments.json"))
    cases = try JSONDecoder().decode([Case].self, from: data)
  }

  /// The case of an identifier.
  static func named(_ id: String) throws -> Case {
    try #require(try SegmentCases().cases.first { $0.id == id }, "the file has a case \(id)")
  }
}

extension SegmentCases.Value {
  /// The value under a key of an object.
  subscript(_ key: String) -> SegmentCases.Value? {
    if case .object(let fields) = self { fields[key] } else { nil }
  }

  func value(_ key: String) throws -> SegmentCases.Value {
    try #require(self[key], "the case has \(key)")
  }

  func number() throws -> Double {
    if case .number(let number) = self { return number }
    throw CocoaError(.coderReadCorrupt)
  }

  func text() throws -> String {
    if case .text(let text) = self { return text }
    throw CocoaError(.coderReadCorrupt)
  }

  func list() throws -> [SegmentCases.Value] {
    if case .list(let list) = self { return list }
    throw CocoaError(.coderReadCorrupt)
  }

  func object() throws -> [String: SegmentCases.Value] {
    if case .object(let fields) = self { return fields }
    throw CocoaError(.coderReadCorrupt)
  }

  func flag() throws -> Bool {
    if case .flag(let flag) = self { return flag }
    throw CocoaError(.coderReadCorrupt)
  }

  func numbers() throws -> [Double] { try list().map { try $0.number() } }

  func texts() throws -> [String] { try list().map { try $0.text() } }

  func numbersByName() throws -> [String: Double] { try object().mapValues { try $0.number() } }
}
