public import Probability

/// A rule that fills the slots of a page, from the first to the last, with one arm each.
///
/// The law of a page is told slot by slot: the probability of each arm in a slot given the arms in the
/// slots above it. The chance of a page, or of its first slots, is the product of these.
public protocol SlatePolicy: Sendable {
  /// The number of arms to choose from, `K`.
  var armCount: Int { get }
  /// The number of slots of a page, `L`.
  var slotCount: Int { get }
  /// Chooses the arms of a page, by slot.
  func choose(in context: Context, using rng: inout Philox) -> [Arm]
  /// The probability of each arm in the next slot, given the arms in the slots above; they sum to 1.
  func propensities(after shown: [Arm], in context: Context) -> [Double]
  /// For each slot, the probability of each arm in it.
  func slotPropensities(in context: Context) -> [[Double]]
}

extension SlatePolicy {
  public func choose(in context: Context, using rng: inout Philox) -> [Arm] {
    var shown: [Arm] = []
    for _ in 0..<slotCount {
      let law = ActionTable(
        cellCount: 1, armCount: armCount, values: propensities(after: shown, in: context))
      shown.append(law.draw(in: Context(), using: &rng))
    }
    return shown
  }

  /// Sums the chances of all pages; O(*K*ᴸ).
  public func slotPropensities(in context: Context) -> [[Double]] {
    var slots = Array(repeating: Array(repeating: 0.0, count: armCount), count: slotCount)
    forEachPage(in: context) { shown, chance in
      for (slot, arm) in shown.enumerated() { slots[slot][arm.index] += chance }
    }
    return slots
  }

  /// Visits every page that has a chance, in the order of its arms.
  func forEachPage(in context: Context, _ visit: (_ shown: [Arm], _ chance: Double) -> Void) {
    func extend(_ shown: [Arm], _ chance: Double) {
      guard shown.count < slotCount else { return visit(shown, chance) }
      for (arm, share) in propensities(after: shown, in: context).enumerated() where share > 0 {
        extend(shown + [Arm(arm)], chance * share)
      }
    }
    extend([], 1)
  }
}
