internal import Probability

/// How well a priority ranks effects: the area under its targeting curve, with an error.
///
///     AUTOC = ∫₀¹ TOC(q) dq        Qini = ∫₀¹ q TOC(q) dq
///
/// Zero if the priority knows nothing of the effect. AUTOC looks at the top, Qini at all; each is a
/// sum over the `n` shares `j/n`, sessions of one priority having its mean score. The error is the
/// standard deviation over half-samples of the customers, which each enters by the toss of a coin.
///
/// - Warning: The error takes the priority as given. Cross-fitted predictions are not quite: folds that
///   predict each other err together. For a test, learn on some customers and judge on others, by
///   ``UpliftLearner/effects(_:arm:baseline:_:training:at:)``.
///
/// Reference: Yadlowsky, Fleming, Shah, Brunskill and Wager (2025), *JASA* 120, 38–51, and its
/// form in grf's `rank_average_treatment_effect`.
public struct RankWeightedEffect: Hashable, Sendable {
  /// How the curve is weighed.
  public enum Weighting: Hashable, Sendable, CaseIterable {
    /// Every share alike.
    case autoc
    /// Each share by its size.
    case qini
  }

  /// The area, in the unit of the scores, with its error.
  public let estimate: ScoreEstimate
  /// The weights.
  public let weighting: Weighting

  /// Measures a priority.
  ///
  /// - Parameters:
  ///   - curve: The sessions by priority.
  ///   - weighting: How shares are weighed.
  ///   - replications: The number of half-samples.
  ///   - seed: The seed of the half-samples.
  /// - Complexity: O(*nR*) for *R* half-samples.
  public init(
    _ curve: TargetingCurve, _ weighting: Weighting, replications: Int = 200, seed: UInt64 = 0
  ) {
    precondition(replications > 1, "an error needs several half-samples")
    self.weighting = weighting
    let words = (replications + 63) / 64
    let coins = curve.units.map { unit in
      var stream = Philox(StreamKey(seed: seed, purpose: .subsample, index: unit))
      return (0..<words).map { _ in stream.next() }
    }.flatMap { $0 }
    let whole = Self.area(curve, weighting) { _ in true } ?? 0
    let halves = (0..<replications).compactMap { replication in
      let (word, bit) = (replication / 64, UInt64(1) << (replication % 64))
      return Self.area(curve, weighting) { coins[$0 * words + word] & bit != 0 }
    }
    let mean = halves.reduce(0, +) / Double(max(1, halves.count))
    let squares = halves.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    estimate = ScoreEstimate(
      mean: whole, standardError: (squares / Double(max(1, halves.count - 1))).squareRoot(),
      sessions: curve.sessionCount)
  }

  /// The area over the sessions that are included; nil if there are none.
  private static func area(
    _ curve: TargetingCurve, _ weighting: Weighting, includes: (Int) -> Bool
  ) -> Double? {
    // 1. The mean over all that are included.
    var (count, sum) = (0.0, 0.0)
    for place in curve.contrasts.indices where includes(place) {
      count += 1
      sum += curve.contrasts[place]
    }
    guard count > 0 else { return nil }
    let mean = sum / count
    // 2. The curve, one share a session, ties at their mean.
    var (area, taken, gained, start) = (0.0, 0.0, 0.0, 0)
    for end in curve.groupEnds {
      var (members, total) = (0.0, 0.0)
      for place in start..<end where includes(place) {
        members += 1
        total += curve.contrasts[place]
      }
      start = end
      let each = total / max(1, members)
      for _ in 0..<Int(members) {
        taken += 1
        gained += each
        let excess = gained / taken - mean
        area += weighting == .autoc ? excess : excess * taken / count
      }
    }
    return area / count
  }
}
