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
    let family = PValueFamily(pValues)
    return family.stepUp { rank, p in Double(family.count) * p / Double(rank + 1) }
  }

  /// Adjusts p-values by Benjamini and Yekutieli's step-up procedure.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i of min(1, c m p₍ⱼ₎ / j)        c = 1 + 1/2 + … + 1/m
  ///
  /// Reference: Benjamini and Yekutieli (2001), *Annals of Statistics* 29, 1165–1188.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func benjaminiYekutieli(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    let factor = harmonicNumber(family.count) * Double(family.count)
    return family.stepUp { rank, p in factor * p / Double(rank + 1) }
  }

  /// `1 + 1/2 + … + 1/m`, from the least term.
  static func harmonicNumber(_ m: Int) -> Double {
    (0..<m).reduce(0) { $0 + 1 / Double(m - $1) }
  }
}
