/// What a policy may know of a session before it chooses.
///
/// Sessions that share a pattern (the same reason, plan, placement …) share a *cell*; policies
/// that condition on the session look no further than its cell.
public struct Context: Hashable, Sendable {
  /// The cell, from zero to one less than the number of cells.
  public let cell: Int

  /// Names a context by its cell.
  @inlinable public init(cell: Int = 0) { self.cell = cell }
}
