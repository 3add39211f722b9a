/// A column in which a value may be missing: values side by side, and a bit that says which count.
///
/// Missing is missing: the value under an unset bit is zero and means nothing. The layout is
/// Arrow's (contiguous values; bits in little-endian order, least significant first; no bits at
/// all where nothing is missing).
public struct NullableColumn<Value: Sendable & AdditiveArithmetic>: Sendable {
  /// The values, zero where missing.
  public private(set) var values: [Value] = []
  /// The validity bits, 64 to a word; empty while nothing is missing.
  public private(set) var validity: [UInt64] = []
  /// The number of missing values.
  public private(set) var missingCount = 0

  /// Creates a column without rows.
  public init() {}

  /// The number of rows.
  public var count: Int { values.count }

  /// The value of a row, or `nil` if it is missing.
  @inlinable public subscript(row: Int) -> Value? { isValid(row) ? values[row] : nil }

  /// Whether a row has a value.
  @inlinable public func isValid(_ row: Int) -> Bool {
    validity.isEmpty || validity[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// Adds a row.
  ///
  /// - Complexity: O(1) amortised; the first missing value costs O(*n*/64).
  public mutating func append(_ value: Value?) {
    let row = values.count
    values.append(value ?? .zero)
    if validity.isEmpty {
      if value != nil { return }
      // The bits begin with the first missing value: every row before it counts.
      validity = Array(repeating: .max, count: row >> 6)
      if row & 63 > 0 { validity.append((1 << UInt64(row & 63)) - 1) }
    }
    if row & 63 == 0 { validity.append(0) }
    if value == nil {
      missingCount += 1
    } else {
      validity[row >> 6] |= 1 << UInt64(row & 63)
    }
  }

  /// The rows at the places given, in their order.
  func gather(_ rows: [Int]) -> NullableColumn {
    var column = NullableColumn()
    for row in rows { column.append(self[row]) }
    return column
  }
}
