extension Multiplicity {
  /// Adjusts p-values by Storey's procedure.
  ///
  ///     p̃₍ᵢ₎ = min over j ≥ i with p₍ⱼ₎ ≤ λ of min(1, π̂₀ m p₍ⱼ₎ / j); 1 where p₍ᵢ₎ > λ
  ///     π̂₀ = (1 + #{p > λ}) / (m (1 − λ))
  ///
  /// P-values above `λ` come mostly from questions without an effect, so they tell how many there
  /// are; in return they are never answered. The control holds in finite samples of independent
  /// tests because of the 1 in the numerator, and because `π̂₀` may exceed one: programs that stop it
  /// there err with probability 0.057 instead of 0.05 on eight questions without an effect.
  ///
  /// Reference: Storey, Taylor and Siegmund (2004), *Journal of the Royal Statistical Society B* 66,
  /// 187–205, theorem 3.
  ///
  /// - Parameters:
  ///   - pValues: P-values in 0...1, or nil where there is none.
  ///   - lambda: The tuning constant `λ`, in 0..<1.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func storey(_ pValues: [Double?], lambda: Double = 0.5) -> [Double?] {
    let family = PValueFamily(pValues)
    let nulls = nullCount(family, lambda: lambda)
    return family.stepUp { rank, p in p > lambda ? 1 : nulls * p / Double(rank + 1) }
  }

  /// The estimated number of questions without an effect, `π̂₀ m`.
  static func nullCount(_ family: PValueFamily, lambda: Double = 0.5) -> Double {
    precondition(0 <= lambda && lambda < 1, "λ lies in 0..<1")
    return Double(family.members.count { $0.p > lambda } + 1) / (1 - lambda)
  }
}
