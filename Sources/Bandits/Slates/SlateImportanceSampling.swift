/// Importance sampling of pages: standard (SIPS), by reward interaction (RIPS) or independent (IIPS).
///
///     V̂ = (1/n) Σᵢ ψᵢ      ψᵢ = Σₗ wᵢₗ rᵢₗ      SE = sd(ψ) / √n
///
/// The weights are those of the ``SlotInteraction`` that is assumed: of the whole page (SIPS), of the page
/// down to the slot (RIPS), of the slot alone (IIPS). Unbiased where the assumption holds, the recorded
/// propensities are right and the log supports the target. With `L` slots of `K` arms the weights of
/// whole pages vary like `Kᴸ`, those of slots like `K`.
///
/// References: McInerney, Brost, Chandar, Mehrotra and Carterette (2020), *KDD*, 1779–1788, section 3
/// (equations 1 and 2 for SIPS and IIPS); Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay and Wen (2018),
/// *KDD*, 1685–1694 (IIPS).
public struct SlateImportanceSampling: SlateEstimator, Hashable {
  public var floors: EvidenceFloors
  /// What is assumed of the slots.
  public let interaction: SlotInteraction

  /// Creates the estimator.
  public init(_ interaction: SlotInteraction, floors: EvidenceFloors = EvidenceFloors()) {
    self.interaction = interaction
    self.floors = floors
  }

  public var name: String {
    switch interaction {
    case .any: "SIPS"
    case .cascade: "RIPS"
    case .independent: "IIPS"
    }
  }

  /// - Throws: `notRecorded`, `noSupport`, `effectiveSampleSizeTooSmall`, `noVariation` or `overflow`.
  /// - Complexity: O(*nL*) beyond one law of the target for each distinct start of a page.
  public func estimate(
    _ target: some SlatePolicy, on log: SlateLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let weights = try interaction.weights(of: target, in: log)
    try floors.checkMeanWeights(weights, width: log.slotCount)
    return try floors.meanOfPages(
      by: name, weights: weights, width: log.slotCount, supportedShare: supportedShare
    ) { page in
      var term = 0.0
      for place in page * log.slotCount..<(page + 1) * log.slotCount {
        term += weights[place] * log.rewards[place]
      }
      return term
    }
  }
}
