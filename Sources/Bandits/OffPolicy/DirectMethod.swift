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
public struct DirectMethod: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The model of the rewards.
  public let model: RewardModel

  /// Creates the estimator from a model of the rewards.
  public init(model: RewardModel, floors: EvidenceFloors = EvidenceFloors()) {
    self.model = model
    self.floors = floors
  }

  public var name: String { "DM" }

  /// The terms `V̂ + ψᵢ − ψ̄`: the model's mean value, with the spread of its influence.
  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) -> @Sendable (_ row: Int) -> SessionTerm {
    let lookup = RewardModel.Lookup(model, target, log)
    let shares = log.armShares
    let correction: @Sendable (Int) -> (weight: Double, value: Double) = { row in
      let weight = target.values[log.place(row)] / shares[log.place(row)]
      return (weight, weight * (log.rewards[row] - lookup.session(row, in: log).reward))
    }
    // ψ̄ − V̂ is the mean correction.
    let corrections: Moments = log.summary { moments, row in moments.add(correction(row).value) }
    let center = corrections.mean
    return { row in
      let (weight, value) = correction(row)
      return SessionTerm(
        weight: weight, value: lookup.session(row, in: log).value + (value - center))
    }
  }
}

extension DecisionLog {
  /// The share of each arm among the sessions of its cell, cell after cell; zero where it has none.
  var armShares: [Double] {
    (0..<cellCount).flatMap { cell in
      let row = counts[cell * armCount..<(cell + 1) * armCount]
      let sessions = Double(row.reduce(0, +))
      return row.map { $0 > 0 ? Double($0) / sessions : 0 }
    }
  }
}
