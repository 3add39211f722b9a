extension Multiplicity {
  /// Adjusts p-values by Benjamini and Hochberg's step-up procedure.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i of min(1, m p₍ⱼ₎ / j)
  ///
  /// Rejecting where `p̃ ≤ α` keeps the expected share of false discoveries below `α` for tests that
  /// are independent or positively dependent.
  ///
  /// Reference: Benjamini and Hochberg (1995), *Journal of the Royal Statistical Society B* 57,
  /// 289–300.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func benjaminiHochberg(_ pValues: [Double?]) -> [Double?] {
    var adjusted = pValues
    var least = 1.0
    let family = family(of: pValues)
    for (index, member) in family.enumerated().reversed() {
      least = min(least, Double(family.count) * member.p / Double(index + 1))
      adjusted[member.place] = least
    }
    return adjusted
  }
}
