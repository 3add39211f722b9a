extension Multiplicity {
  /// Adjusts p-values by Hochberg's step-up procedure.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i of (m − j + 1) p₍ⱼ₎
  ///
  /// Never greater than Holm's, but it needs Simes' inequality, which holds for independent and for
  /// positively dependent tests.
  ///
  /// Reference: Hochberg (1988), *Biometrika* 75, 800–802.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func hochberg(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    return family.stepUp { rank, p in Double(family.count - rank) * p }
  }
}
