internal import Inference

/// Self-normalised importance sampling (SNIPS).
///
///     V̂ = Σ wᵢrᵢ / Σ wᵢ      SE² = n/(n−1) · Σ wᵢ²(rᵢ − V̂)² / (Σ wᵢ)²
///
/// Slightly biased, usually far less variable than IPS, and never outside the range of the rewards.
/// The standard error is that of a ratio, by the delta method: the denominator varies too. Frozen,
/// it would give the interval of IPS, three times too wide where most sessions are saved.
///
/// `Σ w²(r − V̂)²` comes from moments weighted by `w²`, about their own mean and then about `V̂`, so
/// that nothing cancels where the rewards lie far from zero.
///
/// References: Hesterberg (1995), *Technometrics* 37, 185–194; Swaminathan and Joachims (2015),
/// *NIPS* 28; Owen (2013), *Monte Carlo theory, methods and examples*, equation 9.8.
public struct SelfNormalizedImportanceSampling: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors

  /// Creates the estimator.
  public init(floors: EvidenceFloors = EvidenceFloors()) { self.floors = floors }

  public var name: String { "SNIPS" }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let summary: RatioSums = log.summary { summary, row in
      summary.add(log.rewards[row], weight: target.values[log.place(row)] / log.propensities[row])
    }
    let n = Double(log.count)
    guard summary.weights.used > 0, n > 1 else {
      throw .effectiveSampleSizeTooSmall(
        summary.weights.effectiveSampleSize, floor: max(2, floors.effectiveSampleSize))
    }
    let value = summary.byWeight.mean
    let squares = summary.bySquare.sumOfSquaredDeviations(from: value)
    return try floors.estimate(
      by: name, value: value,
      standardError: (n / (n - 1) * squares).squareRoot() / summary.weights.sum,
      weights: summary.weights, supportedShare: supportedShare)
  }

  /// The terms `V̂ + (wᵢ/w̄)(rᵢ − V̂)` of the ratio made linear; their mean and spread are the estimate's.
  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) throws(OffPolicyError) -> @Sendable (_ row: Int) -> SessionTerm {
    let rewards: WeightedMoments = log.summary { rewards, row in
      rewards.add(
        log.rewards[row], weight: target.values[log.place(row)] / log.propensities[row])
    }
    guard rewards.totalWeight > 0 else {
      throw .effectiveSampleSizeTooSmall(0, floor: floors.effectiveSampleSize)
    }
    let value = rewards.mean
    let meanWeight = rewards.totalWeight / Double(log.count)
    return { row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      return SessionTerm(
        weight: weight, value: value + weight / meanWeight * (log.rewards[row] - value))
    }
  }
}

/// Rewards weighted by `w`, which give the ratio, and by `w²`, which give its variance.
private struct RatioSums: Summary {
  var weights = WeightSummary()
  var byWeight = WeightedMoments()
  var bySquare = WeightedMoments()

  @inline(__always)
  mutating func add(_ reward: Double, weight: Double) {
    weights.add(weight)
    byWeight.add(reward, weight: weight)
    bySquare.add(reward, weight: weight * weight)
  }

  mutating func merge(_ other: RatioSums) {
    weights.merge(other.weights)
    byWeight.merge(other.byWeight)
    bySquare.merge(other.bySquare)
  }
}
