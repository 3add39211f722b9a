extension EValue {
  /// Adjusts e-values of many nulls, so that rejecting where the result is at most `α` keeps the expected
  /// share of false discoveries below `α`, whatever the dependence between them.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i of min(1, m / (j e₍ⱼ₎))      e₍₁₎ ≥ e₍₂₎ ≥ …
  ///
  /// It is Benjamini and Hochberg's step-up procedure on the reciprocals; p-values would need
  /// positive dependence for it, e-values need nothing.
  ///
  /// Reference: Wang and Ramdas (2022), *Journal of the Royal Statistical Society B* 84, 822–852.
  ///
  /// - Parameter eValues: E-values, or nil where there is none.
  /// - Returns: What is compared with `α`, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* e-values.
  public static func benjaminiHochberg(_ eValues: [EValue?]) -> [Double?] {
    Multiplicity.benjaminiHochberg(eValues.map { $0?.pValue })
  }
}
