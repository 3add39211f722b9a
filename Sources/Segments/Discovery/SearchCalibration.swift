internal import Inference
internal import Probability

/// Whether the best segment of a search over all sessions is better than the best of chance.
///
/// The statistic is the greatest `|z|` of the arm × rule interaction over every rule and arm of the
/// search. Under the null no covariate says anything of arm or reward: the pairs of arm and reward
/// are dealt out anew over the customers' covariates, and the search is run on each deal. So the
/// p-value counts everything that was searched, with all its overlaps; it needs no other half, and
/// tells of the best segment alone.
///
///     p = (1 + #{deals with a maximum at least as great}) / (1 + deals)
///
/// References: Westfall and Young (1993), *Resampling-Based Multiple Testing*; Phipson and Smyth
/// (2010), *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.
public struct SearchCalibration: Hashable, Sendable {
  /// The rule of the greatest statistic; nil if none could be measured.
  public let rule: Rule?
  /// The greatest statistic in size.
  public let greatest: Double
  /// The greatest statistic of each deal, in ascending order.
  public let maxima: [Double]

  /// Runs a search on the log and on deals of it.
  ///
  /// - Parameters:
  ///   - search: The settings; the honest halves play no role.
  ///   - data: The sessions. They are dealt out one by one, so that customers with several sessions
  ///     are taken as several.
  ///   - baseline: The arm that every other is compared with, by its place.
  ///   - deals: The number of deals.
  ///   - seed: The seed of the deals.
  /// - Throws: `tooFewArms` or `noBaseline` if there is nothing to compare.
  /// - Complexity: O(*n* + *k²M*) a deal for *k* covariates and *M* distinct patterns of arms,
  ///   rewards and bins.
  public init(
    of search: SegmentSearch, _ data: SegmentData, baseline: Int, deals: Int = 199,
    seed: UInt64 = 0
  ) throws(SegmentError) {
    search.checkSettings()
    precondition(deals > 0, "the greatest statistic is compared with deals")
    try SegmentSearch.checkArms(data, baseline)
    let candidates = CandidateSearch(data, baseline: baseline, settings: search)
    let best = candidates.greatest(depth: search.depth)
    rule = best.map { Rule($0.conditions) }
    greatest = abs(best?.z ?? 0)
    // 1. What is dealt out: kinds of an arm and a reward; over what: patterns of bins.
    var kinds = Partition(count: data.arms.count)
    kinds.refine { UInt64(data.arms[$0]) }
    kinds.refine { data.rewards[$0].bitPattern }
    var shown: [Int] = []
    for (row, kind) in kinds.cells.enumerated() where kind == shown.count { shown.append(row) }
    let (patterns, representatives) = candidates.patterns()
    // 2. A deal: a shuffle, counted by pattern and kind.
    maxima = (0..<deals).map { deal in
      var rng = Philox(
        StreamKey(seed: seed, purpose: .permutation, index: UInt64(deal) + 1))
      var dealt = kinds.cells
      for place in stride(from: dealt.count - 1, to: 0, by: -1) {
        dealt.swapAt(place, rng.index(below: place + 1))
      }
      var cells = Partition(count: dealt.count)
      cells.refine { UInt64(patterns[$0]) << 32 | UInt64(dealt[$0]) }
      var (rows, outcomes) = ([Int](), [(arm: Int32, reward: Double, count: Double)]())
      for (row, cell) in cells.cells.enumerated() {
        if cell == rows.count {
          rows.append(representatives[patterns[row]])
          let kind = shown[dealt[row]]
          outcomes.append((data.arms[kind], data.rewards[kind], 0))
        }
        outcomes[cell].count += 1
      }
      let shuffled = CandidateSearch(candidates, representatives: rows, outcomes: outcomes)
      return abs(shuffled.greatest(depth: search.depth)?.z ?? 0)
    }.sorted()
  }

  /// The chance of a maximum at least as great, under the null.
  public var pValue: Double {
    let atLeast = maxima.count { $0 >= greatest - 1e-9 * greatest }
    return Double(1 + atLeast) / Double(1 + maxima.count)
  }

  /// The value that a maximum exceeds under the null with a chance of at most `alpha`; nil if there
  /// are too few deals to say.
  public func criticalValue(_ alpha: Double) -> Double? {
    precondition(0 < alpha && alpha < 1, "a level lies between 0 and 1")
    let above = Int((alpha * Double(maxima.count + 1)).rounded(.down))
    return above < 1 ? nil : maxima[maxima.count - above]
  }
}
