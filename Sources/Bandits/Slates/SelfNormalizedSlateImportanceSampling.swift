/// Self-normalised importance sampling of pages (SNSIPS, SNRIPS, SNIIPS): each slot by its own ratio.
///
///     V̂ = Σₗ Rₗ      Rₗ = Σᵢ wᵢₗ rᵢₗ / Σᵢ wᵢₗ
///     ψᵢ = Σₗ ( Rₗ + (wᵢₗ/w̄ₗ)(rᵢₗ − Rₗ) )      SE = sd(ψ) / √n
///
/// The weights are as in ``SlateImportanceSampling``. Slightly biased, usually far less variable, and
/// never outside the range that the slots' rewards sum to. `ψ` is the estimator made linear in its means,
/// so the standard error is that of the delta method; its mean is `V̂` itself.
///
/// References: McInerney et al. (2020), *KDD*, 1779–1788; Swaminathan and Joachims (2015), *NIPS* 28.
public struct SelfNormalizedSlateImportanceSampling: SlateEstimator, Hashable {
  public var floors: EvidenceFloors
  /// What is assumed of the slots.
  public let interaction: SlotInteraction

  /// Creates the estimator.
  public init(_ interaction: SlotInteraction, floors: EvidenceFloors = EvidenceFloors()) {
    self.interaction = interaction
    self.floors = floors
  }

  public var name: String { "SN" + SlateImportanceSampling(interaction).name }

  /// - Throws: `notRecorded`, `noSupport`, `effectiveSampleSizeTooSmall`, `noVariation` or `overflow`.
  /// - Complexity: O(*nL*) beyond one law of the target for each distinct start of a page.
  public func estimate(
    _ target: some SlatePolicy, on log: SlateLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let weights = try interaction.weights(of: target, in: log)
    try floors.checkMeanWeights(weights, width: log.slotCount)
    return try floors.ratioOfPages(
      by: name, weights: weights, rewards: log.rewards, width: log.slotCount,
      supportedShare: supportedShare)
  }
}

extension EvidenceFloors {
  /// The sum over slots of the weighted means of their rewards.
  func ratioOfPages(
    by name: String, weights: [Double], rewards: [Double], width: Int, supportedShare: Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    var (means, meanWeights): ([Double], [Double]) = ([], [])
    for slot in 0..<width {
      let summary = weights.summary(ofSlot: slot, width: width)
      guard summary.sum > 0 else {
        throw .effectiveSampleSizeTooSmall(
          summary.effectiveSampleSize, floor: effectiveSampleSize)
      }
      // Shares of the weight, so that no sum overflows before the mean does.
      var mean = 0.0
      for place in stride(from: slot, to: weights.count, by: width) {
        mean += weights[place] / summary.sum * rewards[place]
      }
      means.append(mean)
      meanWeights.append(summary.sum / Double(summary.count))
    }
    return try meanOfPages(
      by: name, weights: weights, width: width, supportedShare: supportedShare
    ) { [means, meanWeights] page in
      var term = 0.0
      for slot in 0..<width {
        let place = page * width + slot
        term += means[slot] + weights[place] / meanWeights[slot] * (rewards[place] - means[slot])
      }
      return term
    }
  }
}
