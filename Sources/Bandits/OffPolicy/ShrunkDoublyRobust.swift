/// The doubly robust estimator with shrunk weights: clipped DR, SWITCH, DRos or sub-Gaussian DR.
///
///     V̂ = (1/n) Σᵢ ψᵢ      ψᵢ = v(xᵢ) + ŵᵢ(rᵢ − q̂(xᵢ, aᵢ))      SE = sd(ψ) / √n
///
/// with `ŵ` as in ``WeightShrinkage``. Between the direct method (all weights zero) and DR (none
/// shrunk): what a weight loses is left to the reward model, so the bias `E[(ŵ − w)(r − q̂)]` is small
/// where the model is good, and is not counted by the standard error.
///
/// References: as of ``WeightShrinkage``; SWITCH is Wang, Agarwal and Dudík's, with DR for the weights
/// that are kept, DRos that of Su, Dimakopoulou, Krishnamurthy and Dudík.
public struct ShrunkDoublyRobust: ShrinkingEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel
  /// How the weights are shrunk.
  public let shrinkage: WeightShrinkage

  /// Creates the estimator from a model of the rewards.
  public init(
    _ shrinkage: WeightShrinkage, model: RewardModel, floors: EvidenceFloors = EvidenceFloors()
  ) {
    shrinkage.check()
    self.shrinkage = shrinkage
    self.model = model
    self.floors = floors
  }

  public var name: String {
    switch shrinkage {
    case .clipped: "clipped DR"
    case .switched: "SWITCH"
    case .optimistic: "DRos"
    case .subGaussian: "sub-Gaussian DR"
    }
  }

  public var unshrunk: any TermwiseEstimator { DoublyRobust(model: model, floors: floors) }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) -> @Sendable (_ row: Int) -> SessionTerm {
    let lookup = RewardModel.Lookup(model, target, log)
    return { [shrinkage] row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      let expected = lookup.session(row, in: log)
      return SessionTerm(
        weight: weight,
        value: expected.value + shrinkage(weight) * (log.rewards[row] - expected.reward))
    }
  }
}
