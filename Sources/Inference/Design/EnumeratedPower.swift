#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The exact power and size of any test of two tallies, by the tables that it rejects.
///
///     P(p₁, p₀) = Σ b(x₁; n₁, p₁) b(x₀; n₀, p₀) [p-value of the table ≤ α]
///
/// A test that cannot answer a table does not reject it. With the same probability in both arms the sum
/// is the size of the test.
public struct EnumeratedPower: Sendable {
  /// How the tables are gone through.
  public enum Search: String, CaseIterable, Codable, Sendable {
    /// Every table that is not negligibly rare is tested; nothing is assumed of the test.
    case everyTable
    /// The edge of the region is walked along, on the assumption that a rejected table stays rejected
    /// if the arm that did better gains a success, or the other loses one. That is for tests whose
    /// p-values are costly, as most of ``LiftCatalogue/exact``; it is not checked. A Wald test of a
    /// ratio, which needs a success in each arm, is not so, nor need a test be that orders tables by
    /// how likely they are: Boschloo's with Fisher's two-sided p-value rejects 0 of 20 against 13 of 80
    /// but not against 14.
    case edge
  }

  /// The test.
  public let entry: LiftCatalogue.Entry<Tally>
  /// The null on the scale of the test; nil is no effect.
  public let null: Double?
  /// The greatest p-value that rejects.
  public let alpha: Double
  /// The alternative of the test.
  public let alternative: Alternative
  /// How the tables are gone through.
  public let search: Search

  /// Plans a test of the catalogue.
  public init(
    _ entry: LiftCatalogue.Entry<Tally>, null: Double? = nil, alpha: Double = 0.05,
    _ alternative: Alternative = .twoSided, search: Search = .everyTable
  ) {
    checkAlpha(alpha)
    self.entry = entry
    self.null = null
    self.alpha = alpha
    self.alternative = alternative
    self.search = search
  }

  /// The probability that the test rejects.
  ///
  /// - Parameters:
  ///   - offer: The offer's sessions.
  ///   - control: The control's sessions.
  ///   - offerRate: The offer's probability of success.
  ///   - controlRate: The control's.
  /// - Returns: A probability, to about 1e-14.
  /// - Complexity: Some 300 √(*n₁n₀p₁q₁p₀q₀*) tests by every table, O(*n₁ + n₀*) tests by the edge; tables
  ///   rarer than 1e-18 are left out.
  public func power(offer: Int, control: Int, offerRate: Double, controlRate: Double) -> Double {
    precondition(offer > 0 && control > 0, "an arm has a session")
    precondition(
      (0...1).contains(offerRate) && (0...1).contains(controlRate), "a rate lies in 0...1")
    let total =
      search == .edge
      ? region(offer, control, difference: offerRate - controlRate)
        .evaluate(Self.angle(offerRate, controlRate)).value
      : sumsOfTables(offer, control, [(offerRate, controlRate)])[0]
    return min(1, total)
  }

  /// The size of the test at each of several rates that both arms have, the tables or the edge gone
  /// through once for all of them.
  ///
  /// - Returns: Probabilities of rejecting, in the order of the rates; to about 1e-14.
  /// - Complexity: As ``power(offer:control:offerRate:controlRate:)`` at all the rates by every table; O(*n₁ +
  ///   n₀*) tests in all by the edge.
  public func typeIErrors(offer: Int, control: Int, rates: [Double]) -> [Double] {
    precondition(offer > 0 && control > 0, "an arm has a session")
    precondition(rates.allSatisfy { (0...1).contains($0) }, "a rate lies in 0...1")
    if search == .everyTable {
      return sumsOfTables(offer, control, rates.map { ($0, $0) }).map { min(1, $0) }
    }
    let region = region(offer, control, difference: 0)
    return rates.map { min(1, region.evaluate(Self.angle($0, $0)).value) }
  }

  private func sumsOfTables(
    _ n1: Int, _ n0: Int, _ rates: [(offer: Double, control: Double)]
  ) -> [Double] {
    var totals = rates.map { _ in 0.0 }
    TableEnumeration(offer: n1, control: n0, rates: rates, rarest: 1e-18).forEach {
      guard side($0.successes, n1, $1.successes, n0) != nil else { return }
      for weight in $2 { totals[weight.pair] += weight.mass }
    }
    return totals
  }

  private func region(_ n1: Int, _ n0: Int, difference: Double) -> StaircaseRejection {
    StaircaseRejection(
      offerTrials: n1, controlTrials: n0, difference: difference,
      isHigh: { side($0, n1, $1, n0) == .greater },
      isLow: { side($0, n1, $1, n0) == .less })
  }

  /// The angle by which a region is parametrised, at which the control's rate goes from its least to its
  /// greatest, the difference being what it is.
  private static func angle(_ p1: Double, _ p0: Double) -> Double {
    let (rise, fall) = (min(p0, p1), 1 - max(p0, p1))
    return 2 * atan2(rise.squareRoot(), fall.squareRoot())
  }

  /// The side of the null on which a table is rejected; nil if it is not.
  private func side(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int) -> Alternative? {
    let (offer, control) = (Tally(successes: x1, trials: n1), Tally(successes: x0, trials: n0))
    guard let test = try? entry.compare(offer, control, null), test.pValue(alternative) <= alpha
    else { return nil }
    return alternative == .twoSided ? (test.estimate < test.null ? .less : .greater) : alternative
  }
}
