/// A row of results: named fields in a fixed order, which every writer prints in its own form.
public protocol FlatRow: Sendable {
  /// The fields in the order of the columns; the names are the same for every row of a kind.
  var fields: [Field] { get }
}

/// A named value of a row.
public struct Field: Hashable, Sendable {
  /// The name of the column.
  public let name: String
  /// The value.
  public let value: Value

  /// What a field can hold.
  public enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case integer(Int)
    case texts([String])
    case missing
  }

  /// Names a value.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  init(_ name: String, _ text: String?) { self.init(name, text.map(Value.text) ?? .missing) }

  init(_ name: String, _ count: Int?) { self.init(name, count.map(Value.integer) ?? .missing) }

  init(_ name: String, _ texts: [String]) { self.init(name, .texts(texts)) }

  init(_ name: String, _ number: Double?) {
    precondition(number?.isFinite ?? true, "a result is a finite number or missing: \(name)")
    self.init(name, number.map(Value.number) ?? .missing)
  }
}
