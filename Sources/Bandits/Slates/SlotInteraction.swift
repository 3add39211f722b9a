/// What an estimator assumes of how the slots of a page act on one another's rewards.
public enum SlotInteraction: Hashable, Sendable, CaseIterable {
  /// Nothing: the reward of a slot may depend on the whole page.
  case any
  /// The page is read from the top: a slot's reward depends on its arm and those above.
  case cascade
  /// A slot's reward depends on its own arm and place alone.
  case independent
}

extension SlotInteraction {
  /// The weight of each slot, page after page: the target's chance over the log's, of as much of the page
  /// as the slot's reward may depend on.
  ///
  ///     any            wₗ = π(a₁, …, a_L | x) / p(a₁, …, a_L | x)
  ///     cascade        wₗ = π(a₁, …, aₗ | x) / p(a₁, …, aₗ | x)
  ///     independent    wₗ = π(aₗ in slot l | x) / p(aₗ in slot l | x)
  ///
  /// - Throws: `notRecorded` if the log lacks the propensities.
  func weights(
    of target: some SlatePolicy, in log: SlateLog
  ) throws(OffPolicyError) -> [Double] {
    let recorded = log.propensities
    var laws = SlateLaws(target)
    switch self {
    case .any:
      guard !recorded.joint.isEmpty else { throw .notRecorded(.joint) }
      let chances = laws.cascade(arms: log.arms, cells: log.cells)
      return chances.indices.map { place in
        let page = place / log.slotCount
        return chances[(page + 1) * log.slotCount - 1] / recorded.joint[page]
      }
    case .cascade:
      guard !recorded.cascade.isEmpty else { throw .notRecorded(.cascade) }
      return zip(laws.cascade(arms: log.arms, cells: log.cells), recorded.cascade).map { $0 / $1 }
    case .independent:
      guard !recorded.marginal.isEmpty else { throw .notRecorded(.marginal) }
      return zip(laws.marginals(arms: log.arms, cells: log.cells), recorded.marginal)
        .map { $0 / $1 }
    }
  }
}
