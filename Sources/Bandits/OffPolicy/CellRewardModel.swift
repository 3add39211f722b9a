internal import Probability

/// A reward model of shrunken means: each cell and arm's own, pulled towards the arm's.
///
///     q̂(c, a) = (Σ r + κ mₐ) / (n + κ)      mₐ = (Σ r over the arm + κ m) / (nₐ + κ)
///
/// where `m` is the mean of all and `κ` the sessions that the prior is worth. A cell and arm without
/// sessions has the arm's mean; an arm without sessions the overall mean. Where one half of a
/// cross-fit holds no session, `m` is the mean of the whole log.
public struct CellRewardModel: Hashable, Sendable {
  /// The number of sessions `κ` that the prior mean is worth; above zero.
  public var priorSessions = 10.0
  /// The seed that decides the folds.
  public var seed: UInt64

  /// The target for which the model is to make DR least variable; nil weighs sessions alike.
  ///
  /// A session then weighs `π(a | x)(1 − p)/p²`, scaled to a mean of 1 (MRDR): what DR multiplies its
  /// residual by is what the model minds. Sessions of arms that the target never plays say nothing.
  ///
  /// Reference: Farajtabar, Chow and Ghavamzadeh (2018), *ICML*, 1447–1456, section 4.
  public var target: ActionTable?

  /// Creates the model; a seed decides the folds.
  public init(seed: UInt64) { self.seed = seed }

  /// Fits one table to every session.
  ///
  /// The sessions that an estimator then corrects are those that the table has seen: an estimate
  /// from it is a little too sure of itself.
  public func fit(_ log: DecisionLog) -> RewardModel {
    RewardModel(table(from: sums(of: log, folds: [])[0], log))
  }

  /// Fits two tables, each to the sessions of the other's half.
  ///
  /// - Parameters:
  ///   - log: The sessions.
  ///   - units: A number for each session that is the same for sessions of one customer, so that
  ///     they share a half; nil takes every session for a customer of its own.
  /// - Returns: A model that looks every session up in the table that has not seen it.
  public func crossFit(_ log: DecisionLog, units: [UInt64]? = nil) -> RewardModel {
    let folds = RewardModel.halves(of: log, units: units, seed: seed)
    let halves = sums(of: log, folds: folds)
    return RewardModel(
      tables: [table(from: halves[1], log), table(from: halves[0], log)], folds: folds)
  }

  /// Counts, or total weights, and total rewards by cell and arm.
  private struct Sums {
    var counts: [Double]
    var rewards: [Double]
  }

  private func sums(of log: DecisionLog, folds: [UInt8]) -> [Sums] {
    let zeros = Array(repeating: 0.0, count: log.cellCount * log.armCount)
    var sums = Array(
      repeating: Sums(counts: zeros, rewards: zeros), count: folds.isEmpty ? 1 : 2)
    let weights = weights(of: log)
    for row in 0..<log.count {
      let fold = folds.isEmpty ? 0 : Int(folds[row])
      let weight = weights.isEmpty ? 1 : weights[row]
      sums[fold].counts[log.place(row)] += weight
      sums[fold].rewards[log.place(row)] += weight * log.rewards[row]
    }
    return sums
  }

  /// The weight of each session; none where all weigh alike.
  private func weights(of log: DecisionLog) -> [Double] {
    guard let target else { return [] }
    precondition(
      target.cellCount == log.cellCount && target.armCount == log.armCount,
      "the target covers the cells and arms of the log")
    let weights = (0..<log.count).map { row in
      let propensity = log.propensities[row]
      return target.values[log.place(row)] * ((1 - propensity) / propensity / propensity)
    }
    let mean = weights.reduce(0, +) / Double(log.count)
    // A target that the log plays with certainty, or nowhere, has no residual to mind.
    guard mean > 0, mean.isFinite else { return [] }
    return weights.map { $0 / mean }
  }

  private func table(from sums: Sums, _ log: DecisionLog) -> ActionTable {
    precondition(priorSessions > 0 && priorSessions.isFinite, "a prior is worth some sessions")
    func shrunk(_ reward: Double, _ count: Double, towards mean: Double) -> Double {
      (reward + priorSessions * mean) / (count + priorSessions)
    }
    let total = sums.counts.reduce(0, +)
    let overall =
      total > 0
      ? sums.rewards.reduce(0, +) / total : log.rewards.reduce(0, +) / Double(log.count)
    let armMeans = (0..<log.armCount).map { arm in
      let places = stride(from: arm, to: sums.counts.count, by: log.armCount)
      return shrunk(
        places.reduce(0) { $0 + sums.rewards[$1] }, places.reduce(0) { $0 + sums.counts[$1] },
        towards: overall)
    }
    let values = sums.counts.indices.map { place in
      shrunk(
        sums.rewards[place], sums.counts[place], towards: armMeans[place % log.armCount])
    }
    return ActionTable(cellCount: log.cellCount, armCount: log.armCount, values: values)
  }
}
