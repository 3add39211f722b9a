/// The sizes beyond which input is refused, checked before memory is taken for it.
public struct ReadLimits: Hashable, Sendable {
  /// The bytes of a field; a larger one costs its row.
  public var fieldBytes = 1 << 20
  /// The bytes of a row; a larger one stops the file.
  public var rowBytes = 1 << 22
  /// The columns of a file.
  public var columns = 1_024
  /// The levels of nesting in a JSON value.
  public var depth = 64
  /// The keys of a JSON object.
  public var keys = 1_024
  /// The distinct sessions, customers, or levels of a category.
  public var distinctKeys = 100_000_000

  /// Creates the default limits.
  public init() {}
}
