internal import Inference

/// A row of results: named columns in a fixed order, which every writer prints in its own form.
public protocol FlatRow: Sendable {
  /// The columns, in order.
  static var columns: [Column<Self>] { get }
}

/// A column of a table: its name, and the value that a row has in it.
public struct Column<Row: FlatRow>: Sendable {
  /// The name.
  public let name: String
  /// The value of a row.
  public let value: @Sendable (Row) -> FieldValue

  init(_ name: String, _ value: @escaping @Sendable (Row) -> FieldValue) {
    self.name = name
    self.value = value
  }
}

/// What a column can hold.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case number(Double)
  case integer(Int)
  case texts([String])
  case missing

  init(_ text: String?) { self = text.map(FieldValue.text) ?? .missing }

  init(_ count: Int?) { self = count.map(FieldValue.integer) ?? .missing }

  init(_ texts: [String]) { self = .texts(texts) }

  /// An end of an interval; missing where the interval has none.
  init(bounded end: Double?) { self.init(end.flatMap { $0.isFinite ? $0 : nil }) }

  init(_ number: Double?) {
    precondition(number?.isFinite ?? true, "a result is a finite number or missing")
    self = number.map(FieldValue.number) ?? .missing
  }
}

extension Column {
  /// The columns of an estimate, the same in each kind of row.
  static func estimate(
    _ estimate: @escaping @Sendable (Row) -> Estimate, level: @escaping @Sendable (Row) -> Double
  ) -> [Column] {
    [
      Column("estimate") { .init(estimate($0).value) },
      Column("standard_error") { .init(estimate($0).standardError) },
      Column("lower") { .init(bounded: estimate($0).interval?.lower) },
      Column("upper") { .init(bounded: estimate($0).interval?.upper) },
      Column("level") { .init(level($0)) },
    ]
  }
}
