#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A confidence sequence of a proportion: an interval after every session, all of which hold the
/// proportion at once with a probability of at least `1 − α`.
///
/// It holds the proportions `p` whose beta-binomial mixture has not reached `1/α`,
///
///     B(F + (1 − p)κ, S + pκ) / B((1 − p)κ, pκ) < (1/α) p^S (1 − p)^F
///
/// It is exact: no approximation is made, at any number of sessions. It holds for sessions whose
/// chances differ, too, of the mean chance so far.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, section 4.1.
public struct BernoulliConfidenceSequence: Hashable, Sendable {
  /// The probability `α` that any of the intervals misses.
  public let alpha: Double
  /// The concentration `κ` of the mixing law, in sessions.
  public let concentration: Double

  /// Chooses the error, and the number of sessions at which the interval is to be short.
  ///
  /// - Parameters:
  ///   - level: The confidence that every interval holds the proportion.
  ///   - sessions: The number of sessions for which to tune, chosen before the data are seen.
  ///   - tuning: How the concentration is found.
  public init(level: Double = 0.95, tunedFor sessions: Double, tuning: MixtureTuning = .exact) {
    checkLevel(level)
    checkIntrinsicTime(sessions)
    alpha = 1 - level
    concentration = max(sessions / tuning.ratio(alpha: alpha) - 1, 1e-3)
  }

  /// The logarithm of the e-value against a proportion between 0 and 1.
  public func logEValue(_ tally: Tally, against p: Double) -> Double {
    precondition(p > 0 && p < 1, "a proportion is tested between 0 and 1")
    let n = Double(tally.trials)
    let excess = Double(tally.successes).addingProduct(-n, p)
    var mixture = DirichletLogEValue(total: n, concentration: concentration)
    mixture.add(Double(tally.successes), share: p, excess: excess)
    mixture.add(Double(tally.failures), share: 1 - p, excess: -excess)
    return mixture.value
  }

  /// The interval at a look; 0...1 before the first session.
  ///
  /// - Complexity: O(1): some tens of e-values.
  public func interval(_ tally: Tally) -> Interval {
    let failures = Tally(successes: tally.failures, trials: tally.trials)
    return Interval(lower: lower(tally), upper: 1 - lower(failures))
  }

  /// The least proportion that is not rejected.
  private func lower(_ tally: Tally) -> Double {
    guard tally.successes > 0 else { return 0 }
    func excess(_ p: Double) -> Double { logEValue(tally, against: p) + log(alpha) }
    // Neither 0 nor 1 can be tested; a proportion next to it stands in.
    return findRoot(from: 0x1p-1000, to: min(tally.proportion, 1 - 0x1p-53), of: excess) ?? 0
  }
}
