import Testing

/// A value of a JSON file whose shape differs from case to case.
enum JSONValue: Decodable, Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The member of a name, or `null` if there is none.
  subscript(name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// The number, or a failed test.
  var number: Double {
    get throws {
      guard case .number(let value) = self else { throw Missing(kind: "number", value: self) }
      return value
    }
  }

  /// The whole number, or a failed test.
  var integer: Int { get throws { try #require(Int(exactly: number)) } }

  /// The elements, or a failed test.
  var elements: [JSONValue] {
    get throws {
      guard case .array(let values) = self else { throw Missing(kind: "array", value: self) }
      return values
    }
  }

  /// The elements as numbers.
  var numbers: [Double] { get throws { try elements.map { try $0.number } } }
  /// The elements as numbers, `null` as none.
  var optionalNumbers: [Double?] {
    get throws { try elements.map { $0 == .null ? nil : try $0.number } }
  }
  /// The elements as whole numbers.
  var integers: [Int] { get throws { try elements.map { try $0.integer } } }
  /// The elements as rows of whole numbers.
  var table: [[Int]] { get throws { try elements.map { try $0.integers } } }

  struct Missing: Error {
    let kind: String
    let value: JSONValue
  }
}
