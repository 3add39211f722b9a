/// One of the offers that a policy can show, by its index.
public struct Arm: Hashable, Sendable {
  /// The index, from zero to one less than the number of arms.
  public let index: Int

  /// Names an arm by its index.
  @inlinable public init(_ index: Int) { self.index = index }
}
