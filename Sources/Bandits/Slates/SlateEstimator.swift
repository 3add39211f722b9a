internal import Inference

/// A way to tell from one policy's log of pages what another policy would have earned a page.
///
///     V(π) = E[ Σ over pages s of π(s | x) Σₗ rₗ(x, s) ]
///
/// The estimators differ in what they assume of how slots act on one another: the more they assume, the
/// less their weights vary, and the more they are biased where it does not hold.
public protocol SlateEstimator: Sendable {
  /// The name of the estimator.
  var name: String { get }
  /// What the log must show before the estimator answers.
  var floors: EvidenceFloors { get }
  /// Estimates the mean reward of a page under a policy.
  ///
  /// The weights that the estimate tells of are those of the slot whose effective sample size is least.
  func estimate(_ target: some SlatePolicy, on log: SlateLog) throws(OffPolicyError)
    -> PolicyEstimate
}

extension EvidenceFloors {
  /// The share of a target's choices that a log of pages supports, in the slot where it is least.
  ///
  /// A slot's support is that of arms in it, by ``DecisionLog``'s rule; that of whole pages shows in the
  /// weights alone.
  func support(
    of target: some SlatePolicy, in log: SlateLog
  ) throws(OffPolicyError) -> Double {
    precondition(
      target.slotCount == log.slotCount && target.armCount == log.armCount,
      "the target covers the slots and arms of the log")
    let shown = Set(log.cells).sorted()
    var tables = Array(
      repeating: Array(repeating: 0.0, count: log.cellCount * log.armCount), count: log.slotCount)
    for cell in shown {
      let start = Int(cell) * log.armCount
      for (slot, law) in target.slotPropensities(in: Context(cell: Int(cell))).enumerated() {
        tables[slot].replaceSubrange(start..<start + log.armCount, with: law)
      }
    }
    var unsupported = 0.0
    for (counts, values) in zip(log.counts, tables) {
      let table = ActionTable(cellCount: log.cellCount, armCount: log.armCount, values: values)
      unsupported = max(unsupported, table.unsupportedShare(counts: counts))
    }
    guard unsupported <= unsupportedShare else {
      throw .noSupport(mass: unsupported, allowed: unsupportedShare)
    }
    return 1 - unsupported
  }

  /// The estimate that is the mean of one term a page, made with some weights, `width` of them a page.
  func meanOfPages(
    by name: String, weights: [Double], width: Int, supportedShare: Double,
    _ term: (_ page: Int) -> Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    let slots = (0..<width).map { weights.summary(ofSlot: $0, width: width) }
    let sizes = slots.map(\.effectiveSampleSize)
    let thinnest = sizes.indices.reduce(0) { sizes[$1] < sizes[$0] ? $1 : $0 }
    var summary = WeightedTerms()
    for page in 0..<weights.count / width {
      summary.add(weight: weights[page * width + thinnest], term: term(page))
    }
    return try meanOfTerms(summary, by: name, supportedShare: supportedShare)
  }

  /// Throws where the weights of a slot say that the log's pages do not support the target's.
  ///
  /// A weight's mean is the chance that the target shows what the log could have shown. Pages are too
  /// many to be counted one by one, so a mean that is short by more than is allowed and 3.5 of its
  /// standard errors counts as missing support; recorded propensities that are too large look the same.
  func checkMeanWeights(_ weights: [Double], width: Int) throws(OffPolicyError) {
    for slot in 0..<width {
      var moments = Moments()
      for place in stride(from: slot, to: weights.count, by: width) { moments.add(weights[place]) }
      guard moments.count > 1 else { return }
      let most = moments.mean + 3.5 * moments.standardError
      guard !(most < 1 - unsupportedShare) else {
        throw .noSupport(mass: 1 - moments.mean, allowed: unsupportedShare)
      }
    }
  }
}

extension [Double] {
  /// The summary of the weights of one slot.
  func summary(ofSlot slot: Int, width: Int) -> WeightSummary {
    var summary = WeightSummary()
    for place in stride(from: slot, to: count, by: width) { summary.add(self[place]) }
    return summary
  }
}
