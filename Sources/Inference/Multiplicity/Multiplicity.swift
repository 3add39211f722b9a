/// How p-values are adjusted when many questions are asked at once.
///
/// Every adjustment keeps the order of its arguments and of their p-values. A missing p-value (a
/// comparison that could not be made) stays missing and is no member of the family, so it never
/// spoils the others. An adjusted p-value is compared with the same level that a single one would be.
///
/// | method | keeps below α | valid for tests that are |
/// |---|---|---|
/// | Bonferroni, Holm | the chance of any false discovery | dependent in any way |
/// | Šidák, Holm–Šidák | the same | independent, or positively orthant dependent |
/// | Hochberg, Hommel | the same | independent or positively dependent |
/// | Benjamini–Hochberg | the expected share of false discoveries | independent or positively dependent |
/// | Benjamini–Yekutieli | the same | dependent in any way |
/// | Storey, two-stage Benjamini–Hochberg | the same | independent |
public enum Multiplicity: String, CaseIterable, Codable, Sendable {
  /// Each p-value as it is.
  case unadjusted
  /// Bonferroni's single-step rule.
  case bonferroni
  /// Šidák's single-step rule.
  case sidak
  /// Holm's step-down procedure.
  case holm
  /// Holm's procedure with Šidák's steps.
  case holmSidak
  /// Hochberg's step-up procedure.
  case hochberg
  /// Hommel's procedure: every subset of questions tested by Simes.
  case hommel
  /// Benjamini and Hochberg's step-up procedure.
  case benjaminiHochberg
  /// Benjamini and Yekutieli's step-up procedure.
  case benjaminiYekutieli
  /// Storey's procedure, which estimates how many questions have no effect.
  case storey
  /// Benjamini, Krieger and Yekutieli's two-stage procedure, which estimates the same.
  case twoStageBenjaminiHochberg

  /// Adjusts p-values by this method.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public func adjust(_ pValues: [Double?]) -> [Double?] {
    switch self {
    case .unadjusted: pValues
    case .bonferroni: Self.bonferroni(pValues)
    case .sidak: Self.sidak(pValues)
    case .holm: Self.holm(pValues)
    case .holmSidak: Self.holmSidak(pValues)
    case .hochberg: Self.hochberg(pValues)
    case .hommel: Self.hommel(pValues)
    case .benjaminiHochberg: Self.benjaminiHochberg(pValues)
    case .benjaminiYekutieli: Self.benjaminiYekutieli(pValues)
    case .storey: Self.storey(pValues)
    case .twoStageBenjaminiHochberg: Self.twoStageBenjaminiHochberg(pValues)
    }
  }
}
