internal import Probability

/// A test of whether several arms share one proportion, by Pearson's chi-squared and by the likelihood
/// ratio.
///
///     χ² = Σₖ nₖ(p̂ₖ − p̄)² / (p̄q̄)      G = 2 Σ o ln(o/e)      ν = K − 1
///
/// It says that some arms differ, not which: ``DunnettTest`` compares each with a control.
///
/// References: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*, section
/// 9.1; Cramér (1946), *Mathematical Methods of Statistics*, section 21.9; Cohen (1988), *Statistical
/// Power Analysis*, section 7.2.
public struct KSampleProportionTest: Sendable {
  /// Which statistic the p-value is of.
  public enum Statistic: String, CaseIterable, Codable, Sendable {
    /// Pearson's.
    case pearson
    /// That of the likelihood ratio, `G`.
    case likelihoodRatio
  }

  /// Which statistic the p-value is of.
  public let statistic: Statistic
  /// Pearson's statistic, or `G`.
  public let chiSquared: Double
  /// The degrees of freedom: arms less one.
  public let degreesOfFreedom: Int
  /// Cramér's `V = √(χ²/N)` by Pearson's statistic, the same as Cohen's `w` here: zero for equal
  /// proportions, one where an arm's outcome is settled by the arm.
  public let cramersV: Double
  /// The least number of sessions expected in a cell; the approximation is poor below about five.
  public let smallestExpectedCount: Double

  /// Compares arms.
  ///
  /// - Throws: `tooFewArms` if there are fewer than two, `tooFewSessions` if one is empty, `noVariation` if
  ///   every session succeeded or none did.
  public init(arms: [Tally], statistic: Statistic = .pearson) throws(InferenceError) {
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    for (arm, tally) in arms.enumerated() { try tally.require(1, arm: arm) }
    let all = Tally(merging: arms)
    guard all.successes > 0, all.failures > 0 else { throw .noVariation }
    let n = Double(all.trials)
    let (p, q) = (Double(all.successes) / n, Double(all.failures) / n)
    var (pearson, g) = (0.0, 0.0)
    for tally in arms {
      let trials = Double(tally.trials)
      let difference = tally.difference(from: all)
      pearson += trials * difference * difference / (p * q)
      g += 2 * countDeviance(Double(tally.successes), expected: trials * p)
      g += 2 * countDeviance(Double(tally.failures), expected: trials * q)
    }
    self.statistic = statistic
    chiSquared = statistic == .pearson ? pearson : g
    degreesOfFreedom = arms.count - 1
    cramersV = min(1, (pearson / n).squareRoot())
    smallestExpectedCount = arms.reduce(.infinity) { min($0, Double($1.trials) * min(p, q)) }
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: statistic == .pearson
        ? "chi-squared of proportions" : "likelihood ratio of proportions",
      nullHypothesis: "all arms share one proportion", scale: .difference,
      twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Fleiss, Levin and Paik 2003, section 9.1")
  }

  /// The probability, under the null, of proportions at least as different.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }
}

/// `o ln(o/e) − (o − e)`: half of what a count `o` adds to a deviance, zero or more, without cancellation
/// where it is close to the expected one.
func countDeviance(_ observed: Double, expected: Double) -> Double {
  guard observed > 0 else { return expected }
  return -observed * logOnePlusMinus((expected - observed) / observed)
}
