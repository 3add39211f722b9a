internal import Probability

extension Bootstrap {
  /// The bootstrap of one arm's quantile, `x₍ᵣ₎` with `r = ⌈nq⌉`.
  ///
  /// The `r`-th of `n` values drawn with replacement is the value at rank `⌈nB⌉` with
  /// `B ~ Beta(r, n − r + 1)`, the `r`-th of `n` uniform numbers: one draw is a resample, exactly. The
  /// jackknife is not consistent for quantiles, so that BCa has no acceleration here.
  ///
  /// - Throws: `tooFewSessions` below two sessions, `noVariation` if all values are the same.
  public func quantile(
    _ q: Double, of sample: ValueCounts
  ) throws(InferenceError) -> BootstrapDistribution {
    let draw = try sample.quantileDraw(q, arm: 0)
    guard sample.values.count > 1 else { throw .noVariation }
    return try replicate(estimate: sample.quantile(q)) { index in draw(stream(index, 0)) }
  }

  /// The bootstrap of the difference of two arms' quantiles, offer minus control.
  ///
  /// - Throws: What ``quantile(_:of:)`` throws, by arm.
  public func quantileDifference(
    _ q: Double, offer: ValueCounts, control: ValueCounts
  ) throws(InferenceError) -> BootstrapDistribution {
    let (zero, one) = (
      try control.quantileDraw(q, arm: 0), try offer.quantileDraw(q, arm: 1)
    )
    guard offer.values.count > 1 || control.values.count > 1 else { throw .noVariation }
    return try replicate(estimate: offer.quantile(q) - control.quantile(q)) { index in
      one(stream(index, 1)) - zero(stream(index, 0))
    }
  }

  private func replicate(
    estimate: Double, _ draw: (Int) -> Double
  ) throws(InferenceError) -> BootstrapDistribution {
    var replicates = Replicates(capacity: resamples)
    for index in 0..<resamples { replicates.add(draw(index), variance: 0, about: estimate) }
    return try BootstrapDistribution(
      estimate: estimate, variance: nil, replicates: replicates, acceleration: 0)
  }

  private func stream(_ resample: Int, _ arm: Int) -> Philox {
    Philox(StreamKey(seed: seed, purpose: .bootstrap, index: UInt64(2 * resample + arm)))
  }
}

extension ValueCounts {
  /// How to draw a replicate of a quantile from a stream.
  fileprivate func quantileDraw(
    _ q: Double, arm: Int
  ) throws(InferenceError) -> (Philox) -> Double {
    guard count >= 2 else { throw .tooFewSessions(arm: arm, count: count, needed: 2) }
    let rank = rank(ofQuantile: q)
    let law = BetaDistribution(alpha: Double(rank), beta: Double(count - rank + 1))
    return { stream in
      var rng = stream
      let place = (law.draw(using: &rng) * Double(count)).rounded(.up)
      return value(ofRank: min(max(1, Int(place)), count))
    }
  }
}
