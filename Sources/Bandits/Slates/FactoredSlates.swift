/// The policy that fills each slot by a table of its own, whatever the other slots show.
///
///     P(a | a₁, …, aₗ₋₁) = πₗ(a | x)
///
/// Slots may show the same arm. Tables of zeros and ones make one fixed page a cell.
public struct FactoredSlates: SlatePolicy, Hashable {
  /// The probability of each arm in each cell, by slot.
  public let slots: [ActionTable]

  /// Creates the policy from its tables.
  ///
  /// - Throws: ``OffPolicyError/notProbabilities(cell:sum:)`` if a row is negative somewhere or does
  ///   not sum to 1.
  public init(_ slots: [ActionTable]) throws(OffPolicyError) {
    precondition(!slots.isEmpty, "a page has a slot")
    precondition(
      slots.allSatisfy {
        $0.cellCount == slots[0].cellCount && $0.armCount == slots[0].armCount
      }, "the slots cover the same cells and arms")
    for slot in slots { try slot.checkProbabilities() }
    self.slots = slots
  }

  public var armCount: Int { slots[0].armCount }
  public var slotCount: Int { slots.count }

  public func propensities(after shown: [Arm], in context: Context) -> [Double] {
    Array(slots[shown.count].row(context.cell))
  }

  public func slotPropensities(in context: Context) -> [[Double]] {
    slots.map { Array($0.row(context.cell)) }
  }
}
