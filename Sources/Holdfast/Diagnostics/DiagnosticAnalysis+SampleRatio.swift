internal import Inference

extension DiagnosticAnalysis {
  /// Whether the arms got their shares at every time, not only in the end.
  func sequentialSampleRatio() -> DiagnosticRow {
    var row = row(.sequentialSampleRatio, "time", sessions: assigned.count)
    guard sharesSource != nil else {
      row.refusal = Self.varyingShares
      return row
    }
    guard let times = log.times else {
      row.refusal = "the log has no times, so that there is no order of sessions"
      return row
    }
    do throws(InferenceError) {
      var test = try SequentialSampleRatioTest(weights: shares)
      row.describe(test.method)
      var counts = Array(repeating: 0, count: log.arms.levels.count)
      var isFound = false
      for (place, index) in assigned.enumerated() {
        counts[Int(log.arms.codes[index])] += 1
        // Fewer looks than sessions lose little, and keep the test valid.
        let isLook =
          (place + 1) * Self.looks / assigned.count > place * Self.looks / assigned.count
        guard isLook else { continue }
        try test.look(at: counts)
        if !isFound, test.pValue < plan.diagnostics.sampleRatioAlpha {
          isFound = true
          row.warnings.append(
            "the shares are off since \(Instant.text(times[index])) at the latest")
        }
      }
      row.statistic = test.logEValue
      row.pValue = test.pValue
    } catch {
      row.refusal = refusal(error)
    }
    return row
  }

  /// Whether the shares are the same at each level, and the designed ones at each by itself.
  func sampleRatio(by dimension: Dimension) -> [DiagnosticRow] {
    let counts = counts(dimension)
    var whole = row(
      .sampleRatioByDimension, dimension.name,
      sessions: counts.reduce(0) { $0 + $1.reduce(0, +) })
    guard sharesSource != nil else {
      whole.refusal = Self.varyingShares
      return [whole]
    }
    let (levels, merged) = Self.merging(counts, dimension.levels, shares)
    do throws(InferenceError) {
      let test = try SampleRatioByLevelTest(observed: merged, weights: shares)
      whole.describe(test.method)
      whole.statistic = test.chiSquared
      whole.degreesOfFreedom = test.degreesOfFreedom
      whole.pValue = test.pValue
      if test.smallestExpectedCount < 1 {
        whole.warnings.append("a level's arm was expected to get less than one session")
      }
      let rows = levels.indices.compactMap { level -> DiagnosticRow? in
        guard let ratio = test.levels[level] else { return nil }
        var row = row(
          .sampleRatioByLevel, dimension.name, value: levels[level],
          sessions: merged[level].reduce(0, +))
        row.describe(ratio.method)
        row.statistic = ratio.chiSquared
        row.degreesOfFreedom = ratio.degreesOfFreedom
        row.pValue = ratio.pValue
        return row
      }
      return [whole] + rows
    } catch {
      whole.refusal = refusal(error)
      return [whole]
    }
  }

  /// The levels in which each arm with a share expects five sessions, and the others as one.
  private static func merging(
    _ counts: [[Int]], _ levels: [String], _ shares: [Double]
  ) -> (levels: [String], counts: [[Int]]) {
    let least = shares.reduce(Double.infinity) { $1 > 0 ? min($0, $1) : $0 }
    let share = least / shares.reduce(0, +)
    let isLarge = counts.map { Double($0.reduce(0, +)) * share >= 5 }
    let large = levels.indices.filter { isLarge[$0] }
    let small = levels.indices.filter { !isLarge[$0] }
    let rest = shares.indices.map { arm in small.reduce(0) { $0 + counts[$1][arm] } }
    guard rest.contains(where: { $0 > 0 }) else {
      return (large.map { levels[$0] }, large.map { counts[$0] })
    }
    return (large.map { levels[$0] } + ["rare levels"], large.map { counts[$0] } + [rest])
  }

  /// The number of looks of the sequential test.
  private static let looks = 1_000

  static let varyingShares =
    "the logged shares change within an arm, so that no constant ones were designed"
}
