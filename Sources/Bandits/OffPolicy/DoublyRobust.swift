/// The doubly robust estimator: a reward model, corrected by the weighted residuals.
///
///     V̂ = (1/n) Σᵢ ψᵢ      ψᵢ = v(xᵢ) + wᵢ(rᵢ − q̂(xᵢ, aᵢ))      wᵢ = π(aᵢ | xᵢ) / pᵢ
///     SE = sd(ψ) / √n
///
/// Unbiased if the propensities are right, whatever the model; a good model makes it sharper than
/// IPS. A model that has not seen the session it corrects (``CellRewardModel/crossFit(_:units:)``)
/// keeps the standard error honest.
///
/// References: Dudík, Langford and Li (2011), *ICML*, 1097–1104; Chernozhukov et al. (2018),
/// *The Econometrics Journal* 21, C1–C68, for the cross-fitting.
public struct DoublyRobust: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel

  /// Creates the estimator from a model of the rewards.
  public init(model: RewardModel, floors: EvidenceFloors = EvidenceFloors()) {
    self.model = model
    self.floors = floors
  }

  public var name: String { "DR" }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) -> @Sendable (_ row: Int) -> SessionTerm {
    let lookup = RewardModel.Lookup(model, target, log)
    return { row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      let expected = lookup.session(row, in: log)
      return SessionTerm(
        weight: weight, value: expected.value + weight * (log.rewards[row] - expected.reward))
    }
  }
}
