#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Multiplicity {
  /// Adjusts p-values by Šidák's equality for independent tests.
  ///
  ///     p̃ᵢ = 1 − (1 − pᵢ)ᵐ
  ///
  /// Formed through logarithms, so that a tiny p-value does not become zero.
  ///
  /// Reference: Šidák (1967), *Journal of the American Statistical Association* 62, 626–633.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func sidak(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    return family.singleStep { anyOf(family.count, $0) }
  }

  /// Adjusts p-values by Holm's step-down procedure with Šidák's equality in each step.
  ///
  ///     p̃₍ᵢ₎ = max over j ≤ i of 1 − (1 − p₍ⱼ₎)^(m − j + 1)
  ///
  /// Reference: Holland and DiPonzio Copenhaver (1987), *Biometrics* 43, 417–423.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func holmSidak(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    return family.stepDown { rank, p in anyOf(family.count - rank, p) }
  }

  /// The chance that any of some independent events of one probability happens.
  private static func anyOf(_ count: Int, _ p: Double) -> Double {
    -expm1(Double(count) * log1p(-p))
  }

  /// The probability of each of some independent events, of which any happens with a chance given.
  static func eachOf(_ count: Int, _ chance: Double) -> Double {
    -expm1(log1p(-chance) / Double(count))
  }
}
