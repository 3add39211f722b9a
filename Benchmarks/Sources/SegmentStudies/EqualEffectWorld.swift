internal import Inference
internal import Probability
internal import Segments
internal import StudyTables

/// Logs in which the discount works alike for everybody, so that no segment differs from the rest.
///
/// Covariates and the chances without discount are those of ``HiddenSegmentWorld``; the effect is added to the
/// chance of every session that was shown the discount.
struct EqualEffectWorld {
  /// What looks for segments.
  enum Method: CaseIterable {
    case search, tree, naive

    var name: String {
      switch self {
      case .search: "search"
      case .tree: "honest tree"
      case .naive: "naive: any condition of p < 0.05"
      }
    }
  }

  /// What the discount adds.
  let effect: Double
  let sessions: Int

  /// Draws a log.
  func log(seed: UInt64) throws -> SegmentData {
    var blank = HiddenSegmentWorld()
    blank.effect = 0
    let data = try blank.log(sessions: sessions, seed: seed)
    var chances = data.arms.map { blank.base + ($0 == 1 ? effect : 0) }
    for covariate in data.covariates {
      switch covariate.column {
      case .category(let codes, _) where ["category_1", "category_3"].contains(covariate.name):
        for row in codes.indices where codes[row] == 0 { chances[row] += 0.1 }
      case .number(let values, _) where ["number_2", "number_3"].contains(covariate.name):
        for row in values.indices { chances[row] += 0.1 * values[row] }
      default: break
      }
    }
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    return try SegmentData(
      arms: data.arms, armNames: data.armNames,
      rewards: chances.map { rng.uniform() < $0 ? 1 : 0 }, covariates: data.covariates,
      units: data.units)
  }

  /// Counts the logs in which a method finds something.
  func study(
    _ method: Method, replications: Int, _ options: StudyOptions
  ) async throws -> NullCounts {
    let first = options.seed
    let answers = try await concurrently(replications, threads: options.threads) { index in
      let seed = first &+ UInt64(index)
      return try found(method, log(seed: seed), seed: seed)
    }
    return NullCounts(
      replications: replications, alarms: answers.count { $0.isAlarm },
      findings: answers.reduce(0) { $0 + $1.findings },
      covering: answers.reduce(0) { $0 + $1.covering })
  }

  private func found(
    _ method: Method, _ data: SegmentData, seed: UInt64
  ) throws -> (isAlarm: Bool, findings: Int, covering: Int) {
    switch method {
    case .search:
      var search = SegmentSearch()
      search.seed = seed
      let report = try search.run(data, baseline: 0)
      let measured = report.findings.compactMap(\.measurement)
      return (
        !report.discoveries.isEmpty, measured.count,
        measured.count { $0.interaction.interval.contains(0) }
      )
    case .tree:
      var scoring = DoublyRobustScoring()
      scoring.model = .cellMeans(of: [])
      let contrast = try scoring.scores(of: data, .known([0.5, 0.5])).contrast(1, 0)
      let leaves = try HonestTree(contrast: contrast, data, seed: seed).leaves
      let differences = leaves.compactMap(\.difference)
      return (
        leaves.contains { ($0.adjustedPValue ?? 1) < 0.05 }, differences.count,
        differences.count { $0.interval().contains(0) }
      )
    case .naive:
      let tests = try LevelDifference.all(of: data)
      return (
        tests.contains { $0.pValue() < 0.05 }, tests.count,
        tests.count { $0.interval().contains(0) }
      )
    }
  }
}
