/// The policy that fills a page slot by slot, without repeats, in proportion to the arms' weights.
///
///     P(a | a₁, …, aₗ₋₁) = w_a / Σ_b w_b,   b not yet shown
///
/// With `w = exp(score)` these are the ranks of the scores after standard Gumbel noise is added to each.
///
/// Reference: Plackett (1975), *Applied Statistics* 24, 193–202.
public struct PlackettLuce: SlatePolicy, Hashable {
  /// The weight of each arm in each cell.
  public let weights: ActionTable
  public let slotCount: Int

  /// Creates the policy from its weights.
  ///
  /// - Throws: ``OffPolicyError/notProbabilities(cell:sum:)`` if a cell's weights are negative somewhere,
  ///   do not have a finite sum, or are above zero for fewer arms than there are slots.
  public init(weights: ActionTable, slotCount: Int) throws(OffPolicyError) {
    precondition(
      0 < slotCount && slotCount <= weights.armCount, "a page has a slot, and arms for all")
    for cell in 0..<weights.cellCount {
      let row = weights.row(cell)
      let sum = row.reduce(0, +)
      guard sum.isFinite, row.allSatisfy({ $0 >= 0 }), row.count(where: { $0 > 0 }) >= slotCount
      else { throw .notProbabilities(cell: cell, sum: sum.isFinite ? sum : 0) }
    }
    self.weights = weights
    self.slotCount = slotCount
  }

  public var armCount: Int { weights.armCount }

  public func propensities(after shown: [Arm], in context: Context) -> [Double] {
    var left = Array(weights.row(context.cell))
    for arm in shown { left[arm.index] = 0 }
    let total = left.reduce(0, +)
    return left.map { $0 / total }
  }
}
