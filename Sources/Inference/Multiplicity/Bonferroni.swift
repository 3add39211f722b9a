extension Multiplicity {
  /// Adjusts p-values by Bonferroni's inequality.
  ///
  ///     p̃ᵢ = min(1, m pᵢ)
  ///
  /// Reference: Dunn (1961), *Journal of the American Statistical Association* 56, 52–64.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func bonferroni(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    return family.singleStep { Double(family.count) * $0 }
  }
}
