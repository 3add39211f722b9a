#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

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
    /// p-values are costly, as those of ``LiftCatalogue/exact``; it is not checked. A Wald test of a
    /// ratio, which needs a success in each arm, is not so.
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
      ? sumByRows(offer, control, offerRate, controlRate)
      : sumOfTables(offer, control, offerRate, controlRate)
    return min(1, total)
  }

  private func sumOfTables(_ n1: Int, _ n0: Int, _ p1: Double, _ p0: Double) -> Double {
    let offers = BinomialDistribution(trials: n1, probability: p1)
    let controls = BinomialDistribution(trials: n0, probability: p0)
    let counts = offers.notNegligible.map { (count: $0, mass: offers.mass($0)) }
    var total = 0.0
    for x0 in controls.notNegligible {
      var row = 0.0
      for (x1, mass) in counts where side(x1, n1, x0, n0) != nil { row += mass }
      total += row * controls.mass(x0)
    }
    return total
  }

  private func sumByRows(_ n1: Int, _ n0: Int, _ p1: Double, _ p0: Double) -> Double {
    let region = StaircaseRejection(
      offerTrials: n1, controlTrials: n0, difference: p1 - p0,
      isHigh: { side($0, n1, $1, n0) == .greater },
      isLow: { side($0, n1, $1, n0) == .less })
    // The region is parametrised by the angle at which the control's rate goes from its least to its
    // greatest, the difference being what it is.
    let (rise, fall) = (min(p0, p1), 1 - max(p0, p1))
    return region.evaluate(2 * atan2(rise.squareRoot(), fall.squareRoot())).value
  }

  /// The side of the null on which a table is rejected; nil if it is not.
  private func side(_ x1: Int, _ n1: Int, _ x0: Int, _ n0: Int) -> Alternative? {
    let (offer, control) = (Tally(successes: x1, trials: n1), Tally(successes: x0, trials: n0))
    guard let test = try? entry.compare(offer, control, null), test.pValue(alternative) <= alpha
    else { return nil }
    return alternative == .twoSided ? (test.estimate < test.null ? .less : .greater) : alternative
  }
}

extension BinomialDistribution {
  /// The counts about the mode whose probabilities are not below 1e-18.
  fileprivate var notNegligible: ClosedRange<Int> {
    let mode = min(Int(Double(trials + 1) * probability), trials)
    var (low, high) = (mode, mode)
    while low > 0, mass(low - 1) > 1e-18 { low -= 1 }
    while high < trials, mass(high + 1) > 1e-18 { high += 1 }
    return low...high
  }
}
