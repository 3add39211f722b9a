internal import Inference

/// The self-normalised doubly robust estimator (SNDR).
///
///     V̂ = (1/n) Σᵢ v(xᵢ) + R      R = Σᵢ wᵢ(rᵢ − q̂(xᵢ, aᵢ)) / Σᵢ wᵢ
///     ψᵢ = v(xᵢ) + R + (wᵢ/w̄)(rᵢ − q̂(xᵢ, aᵢ) − R)      SE = sd(ψ) / √n
///
/// The correction is a weighted mean of residuals and stays within their range, whatever the weights.
/// `ψ` is the estimator made linear in its three means, so the standard error is that of the delta
/// method; its mean is `V̂` itself.
///
/// References: Robins, Sued, Lei-Gomez and Rotnitzky (2007), *Statistical Science* 22, 544–559,
/// section 4.1; Thomas and Brunskill (2016), *ICML*, 2139–2148.
public struct SelfNormalizedDoublyRobust: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel

  /// Creates the estimator from a model of the rewards.
  public init(model: RewardModel, floors: EvidenceFloors = EvidenceFloors()) {
    self.model = model
    self.floors = floors
  }

  public var name: String { "SNDR" }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) throws(OffPolicyError) -> @Sendable (_ row: Int) -> SessionTerm {
    let lookup = RewardModel.Lookup(model, target, log)
    let residuals: WeightedMoments = log.summary { residuals, row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      residuals.add(log.rewards[row] - lookup.session(row, in: log).reward, weight: weight)
    }
    guard residuals.totalWeight > 0 else {
      throw .effectiveSampleSizeTooSmall(0, floor: floors.effectiveSampleSize)
    }
    let correction = residuals.mean
    let meanWeight = residuals.totalWeight / Double(log.count)
    return { row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      let expected = lookup.session(row, in: log)
      let residual = log.rewards[row] - expected.reward - correction
      return SessionTerm(
        weight: weight, value: expected.value + correction + weight / meanWeight * residual)
    }
  }
}
