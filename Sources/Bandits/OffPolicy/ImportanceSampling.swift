/// Importance sampling, also called inverse propensity scoring (IPS).
///
///     V̂ = (1/n) Σᵢ wᵢrᵢ      wᵢ = π(aᵢ | xᵢ) / pᵢ      SE = sd(wr) / √n
///
/// Unbiased where the recorded propensities are right and the log supports the target; its variance
/// grows with the weights, and with the distance of the rewards from zero.
///
/// Reference: Horvitz and Thompson (1952), *Journal of the American Statistical Association* 47,
/// 663–685.
public struct ImportanceSampling: OffPolicyEstimator, Hashable {
  public var floors: EvidenceFloors

  /// Creates the estimator.
  public init(floors: EvidenceFloors = EvidenceFloors()) { self.floors = floors }

  public var name: String { "IPS" }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let summary: WeightedTerms = log.summary { summary, row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      summary.add(weight: weight, term: weight * log.rewards[row])
    }
    return try floors.meanOfTerms(summary, by: name, supportedShare: supportedShare)
  }
}
