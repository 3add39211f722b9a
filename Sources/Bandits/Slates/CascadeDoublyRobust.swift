/// The cascade doubly robust estimator: reward models down the page, corrected by weighted residuals.
///
///     V̂ = (1/n) Σᵢ ψᵢ      SE = sd(ψ) / √n
///     ψ = Σₗ ( wₗ (rₗ − Q̂ₗ(x, a₁ … aₗ)) + wₗ₋₁ Σₐ π(a | x, a₁ … aₗ₋₁) Q̂ₗ(x, a₁ … aₗ₋₁, a) )
///     wₗ = π(a₁, …, aₗ | x) / p(a₁, …, aₗ | x),   w₀ = 1
///
/// `Q̂ₗ` is what a model expects the page to earn from slot `l` on, under the target below it. Assumes that
/// a page is read from the top (``SlotInteraction/cascade``); then it is unbiased whatever the models, if
/// the recorded propensities are right and the log supports the target. With models of zero it is RIPS.
///
/// Here a model knows a page by its cell and the arm of the slot, and not by the arms above; a model that
/// has not seen the page it corrects (``CascadeRewardModel``) keeps the standard error honest.
///
/// Reference: Kiyohara, Saito, Matsuhiro, Narita, Shimizu and Yamamoto (2022), *WSDM*, 487–497.
public struct CascadeDoublyRobust: SlateEstimator, Hashable {
  public var floors: EvidenceFloors
  /// For each slot, the model of what the page will earn from it on.
  public let models: [RewardModel]

  /// Creates the estimator from a model for each slot.
  public init(models: [RewardModel], floors: EvidenceFloors = EvidenceFloors()) {
    self.models = models
    self.floors = floors
  }

  public var name: String { "cascade DR" }

  /// - Throws: `notRecorded`, `noSupport`, `effectiveSampleSizeTooSmall`, `noVariation` or `overflow`.
  /// - Complexity: O(*nLK*) beyond one law of the target for each distinct start of a page.
  public func estimate(
    _ target: some SlatePolicy, on log: SlateLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let slots = log.slotCount
    precondition(models.count == slots, "every slot has a model")
    precondition(
      models.allSatisfy { $0.folds.isEmpty || $0.folds.count == log.count },
      "a model's folds are the log's pages")
    let supportedShare = try floors.support(of: target, in: log)
    let weights = try SlotInteraction.cascade.weights(of: target, in: log)
    try floors.checkMeanWeights(weights, width: slots)
    var laws = SlateLaws(target)
    return try floors.meanOfPages(
      by: name, weights: weights, width: slots, supportedShare: supportedShare
    ) { page in
      var (term, weightAbove) = (0.0, 1.0)
      let cell = Int(log.cells[page])
      for slot in 0..<slots where weightAbove > 0 {
        let place = page * slots + slot
        let rewards = models[slot].table(forRow: page)
        let law = laws.law(after: log.arms[page * slots..<place], in: log.cells[page])
        term += weightAbove * rewards.mean(of: law, cell)
        term += weights[place] * (log.rewards[place] - rewards[cell, Int(log.arms[place])])
        weightAbove = weights[place]
      }
      return term
    }
  }
}

extension RewardModel {
  /// The table that has not seen a row.
  func table(forRow row: Int) -> ActionTable { tables[folds.isEmpty ? 0 : Int(folds[row])] }
}

extension ActionTable {
  /// The mean of a cell's numbers under a law of its arms.
  func mean(of law: [Double], _ cell: Int) -> Double {
    var sum = 0.0
    for (arm, share) in law.enumerated() { sum += share * self[cell, arm] }
    return sum
  }
}
