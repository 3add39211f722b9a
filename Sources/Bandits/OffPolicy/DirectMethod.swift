internal import Inference

/// The direct method: what a reward model expects of the target's choices.
///
///     V̂ = (1/n) Σᵢ v(xᵢ)      v(x) = Σₐ π(a | x) q̂(x, a)
///
/// It needs no propensities, varies little, and is as biased as the model is wrong. The standard
/// error takes the model for a table of cell means and counts what their noise adds, by the influence
///
///     ψᵢ = v(xᵢ) + wᵢ(rᵢ − q̂(xᵢ, aᵢ))      wᵢ = π(aᵢ | xᵢ) / (share of aᵢ among the cell's sessions)
///
/// about its mean; it does not count the model's bias. The effective sample size is that of these
/// weights.
///
/// Reference: Dudík, Langford and Li (2011), *ICML*, section 2; Hahn (1998), *Econometrica* 66,
/// 315–331, for the influence of cell means.
public struct DirectMethod: OffPolicyEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel

  /// Creates the estimator from a model of the rewards.
  public init(model: RewardModel, floors: EvidenceFloors = EvidenceFloors()) {
    self.model = model
    self.floors = floors
  }

  public var name: String { "DM" }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let lookup = RewardModel.Lookup(model, target, log)
    let shares = log.armShares
    let summary: DirectTerms = log.summary { summary, row in
      let place = log.place(row)
      let weight = target.values[place] / shares[place]
      let expected = lookup.session(row, in: log)
      summary.values.add(expected.value)
      summary.influence.add(
        weight: weight, term: expected.value + weight * (log.rewards[row] - expected.reward))
    }
    let checked = try floors.meanOfTerms(
      summary.influence, by: name, supportedShare: supportedShare)
    return try floors.estimate(
      by: name, value: summary.values.mean, standardError: checked.standardError,
      weights: summary.influence.weights, supportedShare: supportedShare)
  }
}

/// The model's values, which give the estimate, and their influence, which gives its error.
private struct DirectTerms: Summary {
  var values = Moments()
  var influence = WeightedTerms()

  mutating func merge(_ other: DirectTerms) {
    values.merge(other.values)
    influence.merge(other.influence)
  }
}

extension DecisionLog {
  /// The share of each arm among the sessions of its cell, cell after cell; zero where it has none.
  fileprivate var armShares: [Double] {
    (0..<cellCount).flatMap { cell in
      let row = counts[cell * armCount..<(cell + 1) * armCount]
      let sessions = Double(row.reduce(0, +))
      return row.map { $0 > 0 ? Double($0) / sessions : 0 }
    }
  }
}
