/// A dense matrix of doubles in column-major order.
public struct Matrix: Hashable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, column after column.
  public var elements: [Double]

  /// Creates a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
    rowCount = rows
    columnCount = columns
    elements = Array(repeating: 0, count: rows * columns)
  }

  /// The element in a row and a column, both counted from zero.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[column * rowCount + row] }
    set { elements[column * rowCount + row] = newValue }
  }
}
