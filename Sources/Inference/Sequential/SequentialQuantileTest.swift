#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// An always-valid test of whether two arms have the same quantile.
///
/// Whatever the common quantile `x` is, the product of two e-values, one of each arm, speaks against it:
///
///     ln m(x) = Σ over arms of min ln m(t(a − p), tp(1 − p))   over a from F̂(x−) to F̂(x)
///     p-value = min(1, exp(−min over x of ln m(x)))
///
/// with `m` the two-sided beta-binomial mixture of `t` trials of probability `p`. Nothing is assumed of
/// the outcomes' law: ties, atoms and heavy tails are fine.
///
/// Reference: Howard and Ramdas (2022), *Bernoulli* 28, 1704–1728, section 5.
public struct SequentialQuantileTest: Hashable, Sendable {
  /// Which quantile is compared, between 0 and 1.
  public let quantile: Double
  /// The logarithm of the e-value against a common quantile.
  public let logEValue: Double

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The outcomes of the sessions that were shown the offer, in any order.
  ///   - control: The outcomes of those that were not.
  ///   - quantile: Which quantile to compare, between 0 and 1.
  ///   - sessions: The number of sessions in an arm for which to tune, chosen before the data are seen.
  ///   - tuning: How the mixture is tuned.
  /// - Throws: `tooFewSessions` if an arm is empty, `invalidValue` for an outcome that is no number.
  /// - Complexity: O(*n* log *n*) for *n* sessions.
  public init(
    offer: [Double], control: [Double], quantile: Double = 0.5, tunedFor sessions: Double,
    tuning: MixtureTuning = .exact
  ) throws(InferenceError) {
    precondition(0 < quantile && quantile < 1, "a quantile lies between 0 and 1")
    self.quantile = quantile
    let spread = quantile * (1 - quantile)
    let mixture = BetaBinomialMixture(
      below: quantile, above: 1 - quantile, tunedFor: sessions * spread, tuning: tuning)
    let arms = [
      try Arm(control, index: 0, mixture: mixture), try Arm(offer, index: 1, mixture: mixture),
    ]
    // The sum only changes at values, and is least there: both sides' shares are open to it.
    var positions = [0, 0]
    var least = Double.infinity
    while let value = zip(arms, positions).compactMap({ $0.0.value(at: $0.1) }).min() {
      var sum = 0.0
      for index in arms.indices {
        let start = positions[index]
        while let own = arms[index].value(at: positions[index]), own == value {
          positions[index] += 1
        }
        sum += arms[index].logEValue(below: start, upTo: positions[index])
      }
      least = min(least, sum)
    }
    logEValue = least
  }

  /// The p-value of this look; the least over the looks so far is valid too.
  public var pValue: Double { min(1, exp(-logEValue)) }

  /// One arm's values in order, and its e-value as a function of how many lie below a point.
  private struct Arm {
    let sorted: [Double]
    let mixture: BetaBinomialMixture
    /// The share of values below a point at which its e-value is least.
    let mildest: Double

    init(_ values: [Double], index: Int, mixture: BetaBinomialMixture) throws(InferenceError) {
      guard !values.isEmpty else { throw .tooFewSessions(arm: index, count: 0, needed: 1) }
      if let value = values.first(where: \.isNaN) { throw .invalidValue(arm: index, value: value) }
      sorted = values.sorted()
      self.mixture = mixture
      let count = Double(values.count)
      mildest =
        findMinimum(from: 0, to: 1) {
          Self.logEValue(share: $0, count: count, mixture: mixture)
        }.point
    }

    func value(at position: Int) -> Double? { position < sorted.count ? sorted[position] : nil }

    /// The least e-value for a point with at least `low` and at most `high` values below it.
    func logEValue(below low: Int, upTo high: Int) -> Double {
      let count = Double(sorted.count)
      let share = min(max(mildest, Double(low) / count), Double(high) / count)
      return Self.logEValue(share: share, count: count, mixture: mixture)
    }

    private static func logEValue(
      share: Double, count: Double, mixture: BetaBinomialMixture
    ) -> Double {
      mixture.logEValue(
        sum: (share - mixture.below) * count, variance: mixture.below * mixture.above * count)
    }
  }
}
