/// What is known of each customer before an offer is shown: one column of the log.
public struct Covariate: Hashable, Sendable {
  /// The elements of a column, one a session.
  public enum Column: Hashable, Sendable {
    /// The level of each session by its place among the levels, or −1 where it is missing.
    case category(codes: [Int32], levels: [String])
    /// The number of each session; where `isPresent` is false it is missing, whatever it holds.
    case number(values: [Double], isPresent: [Bool])
  }

  /// The name of the column, as rules and predicates spell it.
  public let name: String
  /// The elements.
  public let column: Column

  /// Creates a covariate from its column.
  public init(name: String, column: Column) {
    self.name = name
    self.column = column
  }

  /// The number of sessions.
  public var count: Int {
    switch column {
    case .category(let codes, _): codes.count
    case .number(let values, _): values.count
    }
  }

  /// The covariate of some sessions, in the order given.
  public func subset(_ rows: [Int]) -> Covariate {
    switch column {
    case .category(let codes, let levels):
      Covariate(name: name, column: .category(codes: rows.map { codes[$0] }, levels: levels))
    case .number(let values, let isPresent):
      Covariate(
        name: name,
        column: .number(values: rows.map { values[$0] }, isPresent: rows.map { isPresent[$0] }))
    }
  }
}
