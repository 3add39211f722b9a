#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Fisher's exact test of an odds ratio, given the margins of the two-by-two table.
///
///     P(X = x) ∝ C(n₁, x) C(n₀, s − x) ωˣ      H₀: ω = ω₀
///
/// Here `x` counts the offer's successes and `s` those of both arms. There is more than one way to
/// count both directions, and they answer differently: ``Rule``. One-sided p-values are
/// `P(X ≥ x)` and `P(X ≤ x)`, and under ``Rule/midP`` half of `P(X = x)` less.
///
/// The interval belongs to the rule. Under ``Rule/central`` (Cornfield's exact) and ``Rule/midP``
/// it holds exactly the odds ratios that the test does not reject. Under the other two the odds ratios
/// that are not rejected may have gaps; the interval is the smallest that holds them all, so it may
/// hold a rejected one, never the reverse.
///
/// Probabilities that differ by less than 1e-7, relatively, count as equal, as in R. The mid-p rule is
/// not exact: it may reject more often than α. No method here is slower than O(√*n*) a p-value.
///
/// References: Cornfield (1956), *Third Berkeley Symposium* 4, 135–148; Blaker (2000), *Canadian
/// Journal of Statistics* 28, 783–798; Fay (2010), *Biostatistics* 11, 373–374.
public struct FisherExactTest: HypothesisTest {
  /// How a two-sided p-value counts both directions.
  public enum Rule: String, CaseIterable, Codable, Sendable {
    /// The tables no likelier than the one observed: R's and SciPy's rule, "minlike".
    case minimumLikelihood
    /// Twice the smaller tail.
    case central
    /// The smaller tail and the largest opposite one that does not exceed it.
    case blaker
    /// Twice the smaller tail, half of the observed table's probability left out of each.
    case midP
  }

  /// The odds ratio under the null hypothesis, `ω₀`.
  public let null: Double
  /// The two-sided rule.
  public let rule: Rule

  private let table: TableGivenMargins

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The odds ratio to test against, positive; one tests equality.
  ///   - rule: The two-sided rule.
  /// - Throws: `tooFewSessions` if an arm is empty; `noVariation` if every session succeeded or none
  ///   did, for then the margins allow but one table, of any odds ratio.
  public init(
    offer: Tally, control: Tally, null: Double = 1, rule: Rule = .minimumLikelihood
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "an odds ratio is positive and finite")
    try offer.require(1, arm: 1)
    try control.require(1, arm: 0)
    guard offer.successes + control.successes > 0, offer.failures + control.failures > 0 else {
      throw .noVariation
    }
    self.null = null
    self.rule = rule
    table = TableGivenMargins(offer: offer, control: control)
  }

  public var method: TestDescription {
    let (twoSided, name, interval, source): (TestDescription.TwoSidedRule, _, _, _) =
      switch rule {
      case .minimumLikelihood:
        (.minimumLikelihood, "minimum likelihood", "Fisher minimum likelihood", "Fay 2010")
      case .central: (.doubledTail, "central", "Cornfield exact", "Cornfield 1956")
      case .blaker: (.blaker, "Blaker", "Fisher–Blaker", "Blaker 2000")
      case .midP: (.doubledTail, "mid-p", "Cornfield mid-p", "Agresti and Gottard 2007")
      }
    return TestDescription(
      name: "Fisher exact, " + name, nullHypothesis: "odds ratio = \(null)", scale: .oddsRatio,
      twoSidedRule: twoSided, intervalName: interval,
      intervalInvertsTest: rule == .central || rule == .midP, reference: source)
  }

  /// The odds ratio: the conditional maximum-likelihood one, or under the mid-p rule the
  /// median-unbiased one, which its intervals always hold. Zero or +∞ if a cell is at its limit.
  public var estimate: Double {
    rule == .midP ? medianUnbiasedOddsRatio : conditionalOddsRatio
  }

  /// The odds ratio of greatest likelihood given the margins; not the sample's `x₁f₀/(x₀f₁)`.
  public var conditionalOddsRatio: Double { table.maximumLikelihoodOddsRatio }

  /// The odds ratio at which both mid-p tails are one half.
  public var medianUnbiasedOddsRatio: Double { table.medianUnbiasedOddsRatio }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    // The central law is the more accurate where it serves.
    null == 1
      ? pValue(alternative, table.central) : pValue(alternative, table.law(null))
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let alpha = 1 - level
    let other = table.reversed
    return switch rule {
    case .central, .midP:
      Interval(
        lower: table.oddsRatio(atUpperTail: alpha / 2, isMid: rule == .midP),
        upper: 1 / other.oddsRatio(atUpperTail: alpha / 2, isMid: rule == .midP))
    case .minimumLikelihood, .blaker:
      Interval(
        lower: table.leastOddsRatio(notRejectedAt: alpha, isBlaker: rule == .blaker),
        upper: 1 / other.leastOddsRatio(notRejectedAt: alpha, isBlaker: rule == .blaker))
    }
  }

  private func pValue(_ alternative: Alternative, _ law: some Distribution) -> Double {
    let x = Double(table.x)
    let half = rule == .midP ? 0.5 * exp(law.logDensity(x)) : 0
    let greater = rule == .midP ? law.survival(x) + half : law.survival(x - 1)
    let less = rule == .midP ? law.cdf(x - 1) + half : law.cdf(x)
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .twoSided: break
    }
    return switch rule {
    case .central, .midP: min(1, 2 * min(greater, less))
    case .minimumLikelihood: noLikelierProbability(law)
    case .blaker: min(1, blakerProbability(law, greater: greater, less: less))
    }
  }

  /// The probability of the tables no likelier than the one observed: a tail on either side.
  private func noLikelierProbability(_ law: some Distribution) -> Double {
    let (x, support) = (table.x, table.central.support)
    let mode = table.mode(null)
    let limit = law.logDensity(Double(x)) + log1p(tieTolerance)
    func counts(_ k: Int) -> Bool { law.logDensity(Double(k)) <= limit }
    if counts(mode) { return 1 }
    if x < mode {
      let far = firstIndex(in: mode...support.upperBound + 1) {
        $0 > support.upperBound || counts($0)
      }
      return min(1, law.cdf(Double(x)) + law.survival(Double(far) - 1))
    }
    let near = firstIndex(in: -mode...1 - support.lowerBound) {
      -$0 < support.lowerBound || counts(-$0)
    }
    return min(1, law.survival(Double(x) - 1) + law.cdf(-Double(near)))
  }

  /// The smaller tail, and the largest opposite one that is no greater.
  private func blakerProbability(
    _ law: some Distribution, greater: Double, less: Double
  ) -> Double {
    let (x, support) = (table.x, table.central.support)
    let limit = min(greater, less) * (1 + tieTolerance)
    if less <= greater {
      let far = firstIndex(in: x...support.upperBound + 1) { law.survival(Double($0) - 1) <= limit }
      return less + law.survival(Double(far) - 1)
    }
    let near = firstIndex(in: -x...1 - support.lowerBound) { law.cdf(-Double($0)) <= limit }
    return greater + law.cdf(-Double(near))
  }
}
