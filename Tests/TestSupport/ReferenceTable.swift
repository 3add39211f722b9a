public import Foundation

/// A table of outside numbers: function values with the error that each may be missed by.
///
/// The file is JSON, `{"cases": [{"id", "function", "args", "expected", "max_rel_err"}]}`. Arguments
/// are numbers, or strings that hold the shortest form of a double; the expected value belongs to
/// exactly that double and is written with more digits than a double has.
public struct ReferenceTable: Decodable, Sendable {
  /// One value of one function.
  public struct Case: Decodable, Sendable, CustomStringConvertible {
    /// The name of the case in its table.
    public let id: String
    /// The name of the function.
    public let function: String
    /// The arguments, as doubles.
    public let arguments: [Double]
    /// The value, rounded to a double.
    public let expected: Double
    /// The largest relative error that passes.
    public let tolerance: Double

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      id = try container.decode(String.self, forKey: .id)
      function = try container.decode(String.self, forKey: .function)
      arguments = try container.decode([Number].self, forKey: .args).map(\.value)
      expected = try container.decode(Number.self, forKey: .expected).value
      tolerance = try container.decode(Double.self, forKey: .tolerance)
    }

    public var description: String { "\(id)\(arguments)" }

    private enum Key: String, CodingKey {
      case id, function, args, expected
      case tolerance = "max_rel_err"
    }
  }

  /// The cases, in the order of the file.
  public let cases: [Case]

  /// Reads a table from `directory`, the `Reference` folder of a test bundle.
  public init(_ name: String, in directory: URL?) throws {
    guard let directory else { throw CocoaError(.fileNoSuchFile) }
    let data = try Data(contentsOf: directory.appendingPathComponent(name))
    self = try JSONDecoder().decode(ReferenceTable.self, from: data)
  }

  /// The cases of one function.
  public func cases(of function: String) -> [Case] { cases.filter { $0.function == function } }
}

/// A double, written as a number or as a string.
private struct Number: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
    } else if let number = Double(try container.decode(String.self)) {
      value = number
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor the text of one")
    }
  }
}
