public import Inference

/// Batched least squares: within a batch the arms are dealt at random, so each batch is an experiment of
/// its own; their standardised results are added up.
///
///     Δ̂ = Σ w_b (ȳ_{b,1} − ȳ_{b,0}) / Σ w_b        SE = √B / Σ w_b
///     w_b = 1/√(σ̂²₁/n_{b,1} + σ̂²₀/n_{b,0})
///
/// over the `B` batches that showed both arms. `Σ w_b(Δ̂_b − Δ)/√B` is standard normal as batches grow,
/// whatever the policy learned between them, if Δ stays. The value of one arm has `w_b = √n_b/σ̂`. Each
/// arm's `σ̂²` is pooled from its deviations within batches. It wants few large batches: one that shows
/// an arm a handful of times is far from normal.
///
/// Reference: Zhang, Janson and Murphy (2020), "Inference for batched bandits", *NeurIPS* 33.
public struct BatchedOLS: AdaptiveEstimator, Hashable {
  /// Creates the estimator.
  public init() {}

  public var name: String { "batched ols" }

  public func value(of arm: Arm, in log: AdaptiveLog) throws(InferenceError) -> AdaptiveEstimate {
    let sample = try BatchedSample(arm, in: log)
    let batches = sample.batches.filter { $0.count > 0 }
      .map { (value: $0.mean, variance: sample.variance / Double($0.count)) }
    return try estimate(from: batches, arm)
  }

  public func contrast(
    of arm: Arm, minus other: Arm, in log: AdaptiveLog
  ) throws(InferenceError) -> AdaptiveEstimate {
    let (offer, control) = (try BatchedSample(arm, in: log), try BatchedSample(other, in: log))
    let batches = zip(offer.batches, control.batches)
      .filter { $0.count > 0 && $1.count > 0 }
      .map { a, b in
        (
          value: a.mean - b.mean,
          variance: offer.variance / Double(a.count) + control.variance / Double(b.count)
        )
      }
    guard !batches.isEmpty else { throw .tooFewGroups(count: 0, needed: 1) }
    return try estimate(from: batches, arm)
  }

  private func estimate(
    from batches: [(value: Double, variance: Double)], _ arm: Arm
  ) throws(InferenceError) -> AdaptiveEstimate {
    guard batches.allSatisfy({ $0.variance > 0 }) else { throw .noVariation }
    var (total, sum) = (0.0, 0.0)
    for batch in batches {
      let weight = 1 / batch.variance.squareRoot()
      total += weight
      sum += weight * batch.value
    }
    return try AdaptiveEstimate(
      name, sum / total, variance: Double(batches.count) / (total * total), arm: arm)
  }
}

/// An arm's rewards, batch by batch, and their variance within batches.
private struct BatchedSample {
  let batches: [Moments]
  let variance: Double

  /// Throws `tooFewSessions` unless some batch showed the arm twice.
  init(_ arm: Arm, in log: AdaptiveLog) throws(InferenceError) {
    var batches = Array(repeating: Moments(), count: log.propensities.cellCount)
    for row in 0..<log.count where Int(log.arms[row]) == arm.index {
      batches[Int(log.batches[row])].add(log.rewards[row])
    }
    var (deviations, freedom) = (0.0, 0)
    for batch in batches where batch.count > 0 {
      deviations += batch.sumOfSquaredDeviations
      freedom += batch.count - 1
    }
    guard freedom > 0 else {
      let most = batches.reduce(0) { max($0, $1.count) }
      throw .tooFewSessions(arm: arm.index, count: most, needed: 2)
    }
    self.batches = batches
    variance = deviations / Double(freedom)
  }
}
