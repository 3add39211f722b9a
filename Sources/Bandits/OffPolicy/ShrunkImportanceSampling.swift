/// Importance sampling with shrunk weights: clipped, trimmed or sub-Gaussian IPS.
///
///     V̂ = (1/n) Σᵢ ŵᵢrᵢ      ŵ as in ``WeightShrinkage``      SE = sd(ŵr) / √n
///
/// Where rewards are positive the estimate is low by `E[(w − ŵ) r]`, which the standard error does not
/// count: with a constant that bites, the interval is one of `E[ŵ r]`. The effective sample size is
/// that of the weights as they were.
///
/// References: as of ``WeightShrinkage``.
public struct ShrunkImportanceSampling: ShrinkingEstimator, Hashable {
  public var floors: EvidenceFloors
  /// How the weights are shrunk.
  public let shrinkage: WeightShrinkage

  /// Creates the estimator.
  public init(_ shrinkage: WeightShrinkage, floors: EvidenceFloors = EvidenceFloors()) {
    shrinkage.check()
    self.shrinkage = shrinkage
    self.floors = floors
  }

  public var name: String {
    switch shrinkage {
    case .clipped: "clipped IPS"
    case .switched: "trimmed IPS"
    case .optimistic: "IPS, optimistic shrinkage"
    case .subGaussian: "sub-Gaussian IPS"
    }
  }

  public var modelsRewards: Bool { false }

  public var unshrunk: any TermwiseEstimator { ImportanceSampling(floors: floors) }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) -> @Sendable (_ row: Int) -> SessionTerm {
    { [shrinkage] row in
      let weight = target.values[log.place(row)] / log.propensities[row]
      return SessionTerm(weight: weight, value: shrinkage(weight) * log.rewards[row])
    }
  }
}
