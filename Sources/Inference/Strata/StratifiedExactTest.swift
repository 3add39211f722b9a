#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The exact test of the odds ratio that strata have in common, given the margins of each.
///
///     T = Σ x₁ⱼ      P(T = t) ∝ ωᵗ Σ Π C(n₁ⱼ, x₁ⱼ) C(n₀ⱼ, sⱼ − x₁ⱼ)      H₀: ω = ω₀
///
/// the inner sum over all tables with the margins observed whose total is `t`: Fisher's exact test for
/// more than one stratum, and the same for one. One-sided p-values are `P(T ≥ t)` and `P(T ≤ t)`, under
/// ``Rule/midP`` less half of `P(T = t)`. The interval is of equal tails: that of ``Rule/central``
/// and ``Rule/midP`` holds exactly the odds ratios that the test does not reject;
/// ``Rule/minimumLikelihood`` is R's `mantelhaen.test(exact = TRUE)`, whose interval is the central one
/// too and may disagree with its p-value.
///
/// - Complexity: O(*k* *n*) for *k* strata of *n* sessions to make one, then O(*k* √*n*) a tail.
///
/// References: Mehta, Patel and Gray (1985), *Journal of the American Statistical Association* 80,
/// 969–973; Agresti (2013), *Categorical Data Analysis*, section 7.3.5.
public struct StratifiedExactTest: HypothesisTest {
  /// How a two-sided p-value counts both directions.
  public enum Rule: String, CaseIterable, Codable, Sendable {
    /// The totals no likelier than the one observed: R's rule.
    case minimumLikelihood
    /// Twice the smaller tail.
    case central
    /// Twice the smaller tail, half of the observed total's probability left out of each. Not exact: it
    /// may reject more often than α.
    case midP
  }

  /// The odds ratio under the null hypothesis, `ω₀`.
  public let null: Double
  /// The two-sided rule.
  public let rule: Rule
  private let law: TotalGivenMargins

  /// Compares an offer with a control, stratum by stratum.
  ///
  /// - Parameters:
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - null: The odds ratio to test against, positive; one tests equality.
  ///   - rule: The two-sided rule.
  /// - Throws: `tooFewSessions` if an arm is empty, `tooFewGroups` if the arms have no stratum in common,
  ///   `noVariation` if in no stratum sessions ended differently.
  public init(
    offer: StratifiedTally, control: StratifiedTally, null: Double = 1, rule: Rule = .central
  ) throws(InferenceError) {
    precondition(null > 0 && null.isFinite, "an odds ratio is positive and finite")
    law = TotalGivenMargins(try offer.informative(with: control))
    self.null = null
    self.rule = rule
  }

  public var method: TestDescription {
    let (twoSided, name): (TestDescription.TwoSidedRule, String) =
      switch rule {
      case .minimumLikelihood: (.minimumLikelihood, "minimum likelihood")
      case .central: (.doubledTail, "central")
      case .midP: (.doubledTail, "mid-p")
      }
    return TestDescription(
      name: "exact conditional test of strata, " + name, nullHypothesis: "odds ratio = \(null)",
      scale: .oddsRatio, twoSidedRule: twoSided,
      intervalName: rule == .midP ? "conditional mid-p" : "conditional exact",
      intervalInvertsTest: rule != .minimumLikelihood,
      reference: "Mehta, Patel and Gray 1985")
  }

  /// The common odds ratio: the conditional maximum-likelihood one, or under the mid-p rule the
  /// median-unbiased one. Zero or +∞ if the total is at its limit.
  public var estimate: Double {
    rule == .midP ? law.medianUnbiasedOddsRatio : conditionalOddsRatio
  }

  /// The odds ratio of greatest likelihood given the margins.
  public var conditionalOddsRatio: Double { law.maximumLikelihoodOddsRatio }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let (logNull, isMid) = (log(null), rule == .midP)
    switch alternative {
    case .greater: return law.upperTail(logNull, isMid: isMid)
    case .less: return law.lowerTail(logNull, isMid: isMid)
    case .twoSided where rule == .minimumLikelihood: return law.noLikelierProbability(logNull)
    case .twoSided:
      let near = min(
        law.upperTail(logNull, isMid: isMid), law.lowerTail(logNull, isMid: isMid))
      return min(1, 2 * near)
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let (alpha, isMid) = (1 - level, rule == .midP)
    return Interval(
      lower: law.oddsRatio(atUpperTail: alpha / 2, isMid: isMid),
      upper: law.oddsRatio(atLowerTail: alpha / 2, isMid: isMid))
  }
}
