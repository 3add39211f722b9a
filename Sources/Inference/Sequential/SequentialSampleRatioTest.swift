#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An always-valid test of whether the arms get the shares of sessions that they were designed to get.
///
///     m = B(κw + n)/B(κw) · Π wₖ^−nₖ        p-value = min(1, 1/m), the least so far
///
/// with `B` the multivariate beta function. It is the likelihood of the counts under shares drawn from
/// a Dirichlet law around the designed ones, over that under the designed ones; it may be looked at after
/// every session, so a mismatch is found when it starts rather than when the test ends. An arm of
/// weight zero takes no part, and a session in it is an error of the design.
///
/// Reference: Lindon and Malek (2022), *NeurIPS* 35, "Anytime-valid inference for multinomial count
/// data", theorem 1.
public struct SequentialSampleRatioTest: Hashable, Sendable {
  /// The designed shares; they add up to 1.
  public let shares: [Double]
  /// The concentration `κ` of the Dirichlet law: large for small mismatches.
  public let concentration: Double
  /// The logarithm of the e-value at the last look; zero before the first.
  public private(set) var logEValue = 0.0
  /// The p-value over all looks so far, at most 1.
  public private(set) var pValue = 1.0

  /// Creates a test that has seen no session.
  ///
  /// - Parameters:
  ///   - weights: The designed shares, in any unit; zero for an arm that is to get none.
  ///   - concentration: The concentration `κ`, positive and finite.
  /// - Throws: `invalidWeight`, or `tooFewArms` if fewer than two weights are positive.
  public init(weights: [Double], concentration: Double = 100) throws(InferenceError) {
    precondition(concentration > 0 && concentration.isFinite, "a concentration is positive")
    for (arm, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .invalidWeight(arm: arm, weight: weight)
    }
    let greatest = weights.reduce(0, max)
    let arms = weights.count { $0 > 0 }
    guard arms >= 2 else { throw .tooFewArms(count: arms) }
    let total = weights.reduce(0.0) { $0 + $1 / greatest }
    shares = weights.map { $0 / greatest / total }
    for (arm, weight) in weights.enumerated() where weight > 0 && !(shares[arm] > 0) {
      throw .invalidWeight(arm: arm, weight: weight)
    }
    self.concentration = concentration
  }

  /// Looks at the sessions that each arm has had so far, all of them.
  ///
  /// - Throws: `unexpectedSessions` if an arm of weight zero has sessions.
  /// - Complexity: O(*k*) for *k* arms, whatever the counts.
  public mutating func look(at counts: [Int]) throws(InferenceError) {
    precondition(counts.count == shares.count, "every arm has a count and a weight")
    precondition(counts.allSatisfy { $0 >= 0 }, "a count is not negative")
    let total = Double(counts.reduce(0, +))
    var mixture = DirichletLogEValue(total: total, concentration: concentration)
    for (arm, (count, share)) in zip(counts, shares).enumerated() {
      if share > 0 {
        let excess = Double(count).addingProduct(-total, share)
        mixture.add(Double(count), share: share, excess: excess)
      } else if count > 0 {
        throw .unexpectedSessions(arm: arm, count: count)
      }
    }
    logEValue = mixture.value
    pValue = min(pValue, exp(-logEValue))
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: "sequential sample ratio", nullHypothesis: "arms get their designed shares",
      scale: .difference, twoSidedRule: .upperTail, intervalName: nil, intervalInvertsTest: false,
      reference: "Lindon and Malek 2022")
  }
}
