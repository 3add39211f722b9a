extension Multiplicity {
  /// Adjusts p-values by Holm's step-down procedure.
  ///
  ///     p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎)
  ///
  /// Rejecting where `p̃ ≤ α` keeps the probability of any false rejection below `α`, whatever the
  /// dependence between the tests.
  ///
  /// Reference: Holm (1979), *Scandinavian Journal of Statistics* 6, 65–70.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func holm(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    return family.stepDown { rank, p in Double(family.count - rank) * p }
  }
}
