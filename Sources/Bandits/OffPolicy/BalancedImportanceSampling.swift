internal import Inference

/// Balanced importance sampling: the propensities are the log's own frequencies, by cell.
///
///     wᵢ = π(aᵢ | xᵢ) n(xᵢ) / n(xᵢ, aᵢ)      V̂ = Σᵢ wᵢrᵢ / Σᵢ wᵢ
///
/// These weights are the odds by which the best classifier of cells and arms tells the target's choices
/// from those logged; they give every cell the target's mix of arms. No recorded propensity is read, so
/// that it answers where they are wrong or were never kept, if choices within a cell did not depend on
/// more than the cell. If every arm that the target plays is shown in every cell, `Σw = n` and `V̂` is the
/// direct method with the plain means `r̄` of cells; otherwise a cell counts by what it was shown.
///
/// That the weights are estimated makes the estimate less variable, not more: they take out the luck of
/// how often each arm was shown. The standard error is that of the influence
///
///     ψᵢ = V̂ + (n/Σw) ( Σₐ π(a | xᵢ)(r̄(xᵢ, a) − V̂) + wᵢeᵢ )      SE = sd(ψ) / √n
///
/// where `a` was shown in the cell and `e = √(m/(m − 1)) (r − r̄)` for `m` sessions of the cell and arm; the
/// only session of a cell and arm is measured from the arm's mean in all cells. Where cells and arms have few
/// sessions and nearly all are saved, that is still short: of nine cells and arms with rates of 0.6 to 0.9
/// a 95 % interval covers 91 % at 150 sessions, 93 % at 400 and 95 % at 1,500.
///
/// References: Sondhi, Arbour and Dimmery (2020), *AISTATS*; Hirano,
/// Imbens and Ridder (2003), *Econometrica* 71, 1161–1189, for the influence.
public struct BalancedImportanceSampling: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors

  /// Creates the estimator.
  public init(floors: EvidenceFloors = EvidenceFloors()) { self.floors = floors }

  public var name: String { "balanced IPS" }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) throws(OffPolicyError) -> @Sendable (_ row: Int) -> SessionTerm {
    let n = Double(log.count)
    let sums = CellSums(log)
    let (means, shares) = (sums.means, log.armShares)
    // Of each cell: the target's value by the arms shown, and the chance that it plays one of them.
    let values = (0..<log.cellCount).map { cell in
      var (value, shown) = (0.0, 0.0)
      for arm in 0..<log.armCount where sums.counts[cell * log.armCount + arm] > 0 {
        value += target[cell, arm] * means[cell * log.armCount + arm]
        shown += target[cell, arm]
      }
      return (value: value, shown: shown)
    }
    let cellShares = (0..<log.cellCount).map { sums.sessions(ofCell: $0) / n }
    let meanWeight = zip(cellShares, values).reduce(0) { $0 + $1.0 * $1.1.shown }
    guard meanWeight > 0 else {
      throw .effectiveSampleSizeTooSmall(0, floor: floors.effectiveSampleSize)
    }
    let value = zip(cellShares, values).reduce(0) { $0 + $1.0 * $1.1.value } / meanWeight
    let armMeans = sums.armMeans
    // ψ̄ = V̂ but for the lone sessions' residuals, which do not sum to zero.
    let term: @Sendable (Int) -> SessionTerm = { row in
      let place = log.place(row)
      let weight = target.values[place] / shares[place]
      let count = Double(log.counts[place])
      let residual =
        count > 1
        ? (count / (count - 1)).squareRoot() * (log.rewards[row] - means[place])
        : log.rewards[row] - armMeans[Int(log.arms[row])]
      let cell = values[Int(log.cells[row])]
      let influence = cell.value - value * cell.shown + weight * residual
      return SessionTerm(weight: weight, value: value + influence / meanWeight)
    }
    let moments: Moments = log.summary { moments, row in moments.add(term(row).value) }
    let shift = moments.mean - value
    return { row in
      let session = term(row)
      return SessionTerm(weight: session.weight, value: session.value - shift)
    }
  }
}

/// Counts and total rewards by cell and arm.
private struct CellSums {
  let armCount: Int
  let counts: [Double]
  let rewards: [Double]

  init(_ log: DecisionLog) {
    armCount = log.armCount
    counts = log.counts.map(Double.init)
    var rewards = Array(repeating: 0.0, count: log.counts.count)
    for row in 0..<log.count { rewards[log.place(row)] += log.rewards[row] }
    self.rewards = rewards
  }

  /// The mean reward by cell and arm; zero where there is none.
  var means: [Double] { zip(rewards, counts).map { $1 > 0 ? $0 / $1 : 0 } }

  /// The mean reward of each arm over all cells; zero where there is none.
  var armMeans: [Double] {
    (0..<armCount).map { arm in
      let places = stride(from: arm, to: counts.count, by: armCount)
      let count = places.reduce(0) { $0 + counts[$1] }
      return count > 0 ? places.reduce(0) { $0 + rewards[$1] } / count : 0
    }
  }

  func sessions(ofCell cell: Int) -> Double {
    counts[cell * armCount..<(cell + 1) * armCount].reduce(0, +)
  }
}
