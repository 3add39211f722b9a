internal import Probability

/// Cochran's test of whether an effect is the same in several groups, and how much of the spread between
/// them is more than chance.
///
///     Q = Σ wⱼ(dⱼ − d̄)²      wⱼ = 1/vⱼ      d̄ = Σ wⱼdⱼ / Σ wⱼ      ν = J − 1      I² = max(0, 1 − ν/Q)
///
///     zⱼ = (dⱼ − d̄) / √(vⱼ − 1/Σ w)
///
/// `zⱼ`, standard normal where the effects agree, tells which group differs most from all. The law of `Q`
/// takes the variances as known: groups of under some thirty sessions an arm make it reject too often.
/// For shares in small strata ``BreslowDayTest`` is the better test, of odds ratios.
///
/// References: Cochran (1954), *Biometrics* 10, 101–129; Higgins and Thompson (2002), *Statistics in
/// Medicine* 21, 1539–1558; Hedges and Olkin (1985), *Statistical Methods for Meta-Analysis*, section 12.
public struct EffectHeterogeneityTest: Sendable {
  /// The statistic `Q`.
  public let chiSquared: Double
  /// The degrees of freedom `ν`.
  public let degreesOfFreedom: Int
  /// The effect that the groups have in common, `d̄`, and its standard error.
  public let common: (effect: Double, standardError: Double)
  /// How far each group's effect is from the common one, in standard errors, `zⱼ`.
  public let departures: [Double]

  /// Compares the effects of groups of different sessions.
  ///
  /// - Throws: `tooFewGroups` if there are fewer than two.
  /// - Complexity: O(*k*) for *k* groups.
  public init(_ groups: [EffectEstimate]) throws(InferenceError) {
    guard groups.count > 1 else { throw .tooFewGroups(count: groups.count, needed: 2) }
    // Weights as shares of the greatest, so that no square over- or underflows.
    let least = groups.reduce(.infinity) { min($0, $1.standardError) }
    let weights = groups.map { group in
      let ratio = least / group.standardError
      return ratio * ratio
    }
    let total = weights.reduce(0, +)
    let mean = zip(weights, groups).reduce(0) { $0 + $1.0 / total * $1.1.value }
    let scaled = groups.map { ($0.value - mean) / least }
    chiSquared = zip(weights, scaled).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    degreesOfFreedom = groups.count - 1
    common = (mean, least / total.squareRoot())
    departures = zip(weights, scaled).map { weight, distance in
      // v − 1/Σw in units of the least variance; zero only where a group has all the weight.
      let spread = 1 / weight - 1 / total
      return spread > 0 ? distance / spread.squareRoot() : 0
    }
    guard chiSquared.isFinite else { throw .overflow(arm: 1) }
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "Cochran's Q", nullHypothesis: "the effect is the same in each group",
      scale: .difference, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Cochran 1954")
  }

  /// The probability of effects at least as different if they are the same.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }

  /// The share of the spread between the groups that is not chance, `I²`, from 0 to below 1.
  public var inconsistency: Double {
    Self.inconsistency(chiSquared: chiSquared, degreesOfFreedom: degreesOfFreedom)
  }

  /// `I²` of any chi-squared statistic of heterogeneity, that of ``BreslowDayTest`` too.
  public static func inconsistency(chiSquared: Double, degreesOfFreedom: Int) -> Double {
    chiSquared > 0 ? max(0, 1 - Double(degreesOfFreedom) / chiSquared) : 0
  }

  /// The group that differs most from all.
  public var greatestDeparture: Int {
    departures.indices.reduce(0) { abs(departures[$1]) > abs(departures[$0]) ? $1 : $0 }
  }
}
