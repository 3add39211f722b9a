#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The exhaustive search of the discovery half: every condition, and every pair of conditions on
/// different covariates.
///
/// A candidate is judged by the Wald statistic of the arm × rule interaction,
///
///     z = ((m₁ − m₀)_inside − (m₁ − m₀)_outside) / √(Σ s²/n over the four cells)
///
/// of the arm where it is greatest, less what the greatest of `m` such statistics reaches by chance:
/// its score is `z² − 2 ln m` with `m` the number of candidates of as many conditions. So a pair
/// has to make up for being one of many; and it is a candidate only if it scores higher than each
/// of its conditions alone, or else it is that condition seen through a smaller window.
struct CandidateSearch {
  /// A rule with the statistic that speaks for it.
  struct Candidate {
    let conditions: [Condition]
    /// The statistic of the arm where it is greatest; positive if the arm does better inside.
    let z: Double
    /// `z²` less the penalty of the search.
    var score: Double
  }

  private let arms: [Int32]
  private let armCount: Int
  private let baseline: Int
  private let rewards: [Double]
  /// The number of sessions that each row stands for; nil for one each.
  private let counts: [Double]?
  private let covariates: [BinnedCovariate]
  private let floor: Double
  /// A covariate of a single bin, beside which another is searched alone.
  private let single: BinnedCovariate

  /// Bins the covariates of the discovery half.
  init(_ data: SegmentData, baseline: Int, settings: SegmentSearch) {
    arms = data.arms
    armCount = data.armNames.count
    self.baseline = baseline
    rewards = data.rewards
    counts = nil
    floor = Double(settings.minimumSessions)
    covariates = data.covariates.map {
      BinnedCovariate(
        $0, cutCount: settings.cutCount, levelLimit: settings.levelLimit,
        floor: 2 * settings.minimumSessions)
    }
    single = .whole(rows: arms.count)
  }

  /// The same search over rows that each stand for some sessions of one pattern, arm and reward.
  ///
  /// - Parameters:
  ///   - search: The search whose bins and settings are kept.
  ///   - representatives: The session of the search that shows the pattern of each row.
  ///   - outcomes: The arm, reward and number of sessions of each row.
  init(
    _ search: CandidateSearch, representatives: [Int],
    outcomes: [(arm: Int32, reward: Double, count: Double)]
  ) {
    arms = outcomes.map(\.arm)
    rewards = outcomes.map(\.reward)
    counts = outcomes.map(\.count)
    (armCount, baseline, floor) = (search.armCount, search.baseline, search.floor)
    covariates = search.covariates.map { $0.subset(representatives) }
    single = .whole(rows: arms.count)
  }

  /// The patterns of bins: the cell of each row, and a row that shows each.
  func patterns() -> (cells: [Int], representatives: [Int]) {
    var partition = Partition(count: arms.count)
    for covariate in covariates { partition.refine { UInt64(covariate.bins[$0]) } }
    var representatives: [Int] = []
    for (row, cell) in partition.cells.enumerated() where cell == representatives.count {
      representatives.append(row)
    }
    return (partition.cells, representatives)
  }

  /// The greatest statistic in size over every candidate, and the candidate; nil if none can be
  /// measured.
  func greatest(depth: Int) -> Candidate? {
    var greatest: Candidate?
    func consider(
      _ first: BinnedCovariate, _ second: BinnedCovariate,
      _ seconds: [(condition: Condition?, bins: Range<Int>)]
    ) {
      let table = table(first, second)
      for one in first.candidates {
        for other in seconds {
          guard let z = statistic(in: table, one.bins, other.bins),
            abs(z) > abs(greatest?.z ?? 0)
          else { continue }
          greatest = Candidate(
            conditions: [one.condition] + (other.condition.map { [$0] } ?? []), z: z, score: 0)
        }
      }
    }
    for (index, first) in covariates.enumerated() {
      consider(first, single, [(nil, 0..<1)])
      guard depth > 1 else { continue }
      for second in covariates[(index + 1)...] {
        consider(first, second, second.candidates.map { ($0.condition, $0.bins) })
      }
    }
    return greatest
  }

  /// All candidates that can be measured, the best first, and the number of rule and arm pairs
  /// that were looked at.
  ///
  /// - Complexity: O(*k²* (*n* + pairs of conditions)) for *k* covariates at depth two.
  func ranked(depth: Int) -> (candidates: [Candidate], searched: Int) {
    var alone: [Candidate] = []
    var searched = 0
    for covariate in covariates {
      let table = table(covariate, single)
      for candidate in covariate.candidates {
        searched += armCount - 1
        guard let z = statistic(in: table, candidate.bins, 0..<1) else { continue }
        alone.append(Candidate(conditions: [candidate.condition], z: z, score: 0))
      }
    }
    var joined: [Candidate] = []
    let searchedAlone = searched
    if depth > 1 {
      for (index, first) in covariates.enumerated() {
        for second in covariates[(index + 1)...] {
          joined += pairs(first, second, searched: &searched)
        }
      }
    }
    penalise(&alone, candidates: searchedAlone)
    penalise(&joined, candidates: searched - searchedAlone)
    let scores = Dictionary(uniqueKeysWithValues: alone.map { ($0.conditions[0], $0.score) })
    joined.removeAll { pair in
      pair.conditions.contains { pair.score <= scores[$0] ?? -.infinity }
    }
    // A stable order: the score, then the better side of a split in two, then the search's own.
    let all = (alone + joined).enumerated().sorted {
      ($1.element.score, $1.element.z, $0.offset) < ($0.element.score, $0.element.z, $1.offset)
    }
    return (all.map(\.element), searched)
  }

  /// The conjunctions of a condition on the one covariate and one on the other.
  private func pairs(
    _ first: BinnedCovariate, _ second: BinnedCovariate, searched: inout Int
  ) -> [Candidate] {
    let table = table(first, second)
    var candidates: [Candidate] = []
    for one in first.candidates {
      for other in second.candidates {
        searched += armCount - 1
        guard let z = statistic(in: table, one.bins, other.bins) else { continue }
        candidates.append(
          Candidate(conditions: [one.condition, other.condition], z: z, score: 0))
      }
    }
    return candidates
  }

  private func table(_ first: BinnedCovariate, _ second: BinnedCovariate) -> RewardTable {
    RewardTable(first, second, arms: arms, armCount: armCount, rewards: rewards, counts: counts)
  }

  /// The interaction statistic of the arm where it is greatest; nil if no arm fills its four cells.
  private func statistic(
    in table: RewardTable, _ rows: Range<Int>, _ columns: Range<Int>
  ) -> Double? {
    let (allRows, allColumns) = (0..<table.rowBins, 0..<table.columnBins)
    func cells(_ arm: Int) -> (inside: RewardTable.Sums, outside: RewardTable.Sums)? {
      let inside = table.sums(rows, columns, arm: arm)
      let outside = table.sums(allRows, allColumns, arm: arm) - inside
      return inside.count >= floor && outside.count >= floor ? (inside, outside) : nil
    }
    guard let base = cells(baseline) else { return nil }
    var greatest: Double?
    for arm in 0..<armCount where arm != baseline {
      guard let cells = cells(arm) else { continue }
      let effects = (
        inside: cells.inside.mean - base.inside.mean,
        outside: cells.outside.mean - base.outside.mean
      )
      let variance =
        (cells.inside.varianceOfMean + base.inside.varianceOfMean)
        + (cells.outside.varianceOfMean + base.outside.varianceOfMean)
      guard variance > 0 else { continue }
      let z = (effects.inside - effects.outside) / variance.squareRoot()
      if abs(z) > abs(greatest ?? 0) { greatest = z }
    }
    return greatest
  }

  private func penalise(_ candidates: inout [Candidate], candidates count: Int) {
    guard count > 0 else { return }
    let penalty = 2 * log(Double(count))
    for index in candidates.indices {
      candidates[index].score = candidates[index].z * candidates[index].z - penalty
    }
  }
}
