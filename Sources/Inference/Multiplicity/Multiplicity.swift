/// How p-values are adjusted when many questions are asked at once.
///
/// Every adjustment keeps the order of its arguments and of their p-values. A missing p-value (a
/// comparison that could not be made) stays missing and is no member of the family, so it never
/// spoils the others. An adjusted p-value is compared with the same level that a single one would be.
public enum Multiplicity: String, CaseIterable, Codable, Sendable {
  /// Each p-value as it is.
  case unadjusted
  /// Holm's step-down procedure: controls the chance of any false discovery.
  case holm
  /// Benjamini and Hochberg's step-up procedure: controls the expected share of false discoveries.
  case benjaminiHochberg

  /// Adjusts p-values by this method.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public func adjust(_ pValues: [Double?]) -> [Double?] {
    switch self {
    case .unadjusted: pValues
    case .holm: Self.holm(pValues)
    case .benjaminiHochberg: Self.benjaminiHochberg(pValues)
    }
  }
}

extension Multiplicity {
  /// The places of the p-values that are there, from the least; ties in the order of their places.
  static func family(of pValues: [Double?]) -> [(place: Int, p: Double)] {
    var family: [(place: Int, p: Double)] = []
    for case (let place, let p?) in pValues.enumerated() {
      precondition(0 <= p && p <= 1, "a p-value lies in 0...1")
      family.append((place, p))
    }
    return family.sorted { ($0.p, $0.place) < ($1.p, $1.place) }
  }
}
