public import Inference
internal import Probability

/// Gail and Simon's test of whether an effect helps in some groups and harms in others.
///
///     Q⁺ = Σ_{dⱼ > 0} dⱼ²/vⱼ      Q⁻ = Σ_{dⱼ < 0} dⱼ²/vⱼ      T = min(Q⁺, Q⁻)
///     p = Σ_{h=1}^{J−1} C(J−1, h) 2^{1−J} P(χ²_h > T)
///
/// The hypothesis is that no two effects differ in sign, so that effects which differ in size alone are
/// no evidence against it. It is rejected only if both signs are well supported: then a choice by group
/// beats one choice for all.
///
/// Reference: Gail and Simon (1985), *Biometrics* 41, 361–372.
public struct QualitativeInteractionTest: Hashable, Sendable {
  /// The evidence for effects above zero, `Q⁺`.
  public let positive: Double
  /// The evidence for effects below zero, `Q⁻`.
  public let negative: Double
  /// The number of groups `J`.
  public let groupCount: Int

  /// Tests the effects of groups of different sessions.
  ///
  /// - Throws: `tooFewGroups` if there are fewer than two, `overflow`.
  public init(_ groups: [EffectEstimate]) throws(InferenceError) {
    guard groups.count > 1 else { throw .tooFewGroups(count: groups.count, needed: 2) }
    func evidence(_ sign: Double) -> Double {
      groups.reduce(0) { sum, group in
        let z = max(0, sign * group.value) / group.standardError
        return sum + z * z
      }
    }
    (positive, negative) = (evidence(1), evidence(-1))
    groupCount = groups.count
    guard positive.isFinite, negative.isFinite else { throw .overflow(arm: 1) }
  }

  /// The statistic `T`.
  public var statistic: Double { min(positive, negative) }

  /// The greatest probability, over effects of one sign, of a statistic at least as large.
  ///
  /// - Complexity: O(*J*) incomplete gamma functions.
  public var pValue: Double { Self.survival(statistic, groupCount: groupCount) }

  /// The statistic that a test of a level needs for so many groups.
  ///
  /// - Parameters:
  ///   - level: The size of the test, between 0 and one half.
  ///   - groupCount: The number of groups, at least two.
  /// - Returns: The value of `T` that is exceeded with the probability `level`.
  public static func criticalValue(level: Double, groupCount: Int) -> Double {
    precondition(0 < level && level < 0.5, "a size lies between 0 and one half")
    precondition(groupCount > 1, "an interaction needs two groups")
    // The last law of the mixture has the heaviest tail.
    let bound = ChiSquaredDistribution(degreesOfFreedom: Double(groupCount - 1))
      .upperQuantile(level)
    return findRoot(from: 0, to: bound) { survival($0, groupCount: groupCount) - level } ?? bound
  }

  private static func survival(_ statistic: Double, groupCount: Int) -> Double {
    guard statistic > 0 else { return 1 }
    let trials = groupCount - 1
    let mixture = BinomialDistribution(trials: trials, probability: 0.5)
    return (1...trials).reduce(0) { sum, degrees in
      sum + mixture.mass(degrees)
        * ChiSquaredDistribution(degreesOfFreedom: Double(degrees)).survival(statistic)
    }
  }
}
