internal import Probability

/// How many true segments a way of finding them finds, and how many of its findings are false.
///
/// A finding is false if none of its covariates makes a true segment. A true segment is found if a
/// finding shares at least half of its sessions with it, `|A ∩ B| / |A ∪ B| ≥ ½`, or its complement
/// does.
public struct SegmentPowerStudy: Hashable, Sendable {
  /// A way of finding segments.
  public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
    /// ``SegmentSearch``: the discoveries of its report.
    case search
    /// ``HonestTree`` on doubly robust scores: leaves whose adjusted p-value lies below 0.05.
    case honestTree
    /// ``LogisticTree`` of the outcome on the arm, grown on one half of the customers with numbers
    /// cut at hundredths; leaves whose effect on the other half differs from that outside, with an
    /// adjusted p-value below 0.05.
    case logisticTree
    /// Every condition of one covariate tested on all sessions; whatever has p < 0.05 is reported.
    case naive
  }

  /// What a method does at a number of sessions.
  public struct Row: Hashable, Sendable {
    /// The way of finding segments.
    public let method: Method
    /// The number of sessions of a log.
    public let sessions: Int
    /// The number of logs.
    public let replications: Int
    /// The mean share of true segments that are found, with its Monte Carlo error.
    public let power: ScoreEstimate
    /// The mean share of findings that are false, none counting as 0, with its Monte Carlo error.
    public let falseDiscoveryRate: ScoreEstimate
    /// The share of logs with a false finding, with its Monte Carlo error.
    public let anyFalse: ScoreEstimate
    /// The mean number of findings.
    public let findings: Double
  }

  /// The world.
  public var world = HiddenSegmentWorld()
  /// The search; each log splits the customers by another seed.
  public var search = SegmentSearch()
  /// The number of logs.
  public var replications = 100
  /// The seed of the logs.
  public var seed: UInt64 = 0

  /// Creates a study with the default settings.
  public init() {}

  /// Runs the study at one number of sessions.
  ///
  /// - Parameters:
  ///   - method: The way of finding segments.
  ///   - sessions: The number of sessions of a log.
  ///   - threads: The number of logs at the same time; the answer does not depend on it.
  /// - Returns: The row.
  /// - Throws: ``SegmentError`` as the method, or `tooFewSessions` for fewer than two logs.
  public nonisolated(nonsending) func run(
    _ method: Method, sessions: Int, threads: Int = 1
  ) async throws -> Row {
    let answers = try await StudyReplications(count: replications, threads: threads).map { index in
      let data = try world.log(sessions: sessions, seed: seed &+ UInt64(index))
      let found = try findings(method, data, seed: seed &+ UInt64(index))
      let truths = try world.segments.map { try $0.contains(data) }
      let falses = found.count { finding in
        !finding.covariates.contains(where: world.trueCovariates.contains)
      }
      let hits = truths.count { truth in
        found.contains { Self.overlap($0.inside, truth) >= 0.5 }
      }
      return (found: found.count, falses: falses, hits: hits)
    }
    let segments = Double(world.segments.count)
    return Row(
      method: method, sessions: sessions, replications: replications,
      power: try Self.mean(answers.map { Double($0.hits) / segments }),
      falseDiscoveryRate: try Self.mean(
        answers.map { Double($0.falses) / Double(max(1, $0.found)) }),
      anyFalse: try Self.mean(answers.map { $0.falses > 0 ? 1 : 0 }),
      findings: answers.reduce(0) { $0 + Double($1.found) } / Double(answers.count))
  }

  typealias Finding = (covariates: [String], inside: [Bool])

  private func findings(
    _ method: Method, _ data: SegmentData, seed: UInt64
  ) throws(SegmentError) -> [Finding] {
    switch method {
    case .search:
      var search = search
      search.seed = seed
      var found: [Finding] = []
      for discovery in try search.run(data, baseline: 0).discoveries {
        found.append(
          (discovery.rule.conditions.map(\.covariate), try discovery.rule.contains(data)))
      }
      return found
    case .honestTree:
      var scoring = DoublyRobustScoring()
      scoring.model = .cellMeans(of: [])
      let contrast = try scoring.scores(of: data, .known([0.5, 0.5])).contrast(1, 0)
      var found: [Finding] = []
      for leaf in try HonestTree(contrast: contrast, data, seed: seed).leaves
      where (leaf.adjustedPValue ?? 1) < 0.05 {
        found.append(
          (leaf.path.steps.map(\.condition.covariate), try leaf.path.contains(data)))
      }
      return found
    case .logisticTree: return try logisticTreeFindings(data, seed: seed)
    case .naive:
      let candidates = CandidateSearch(data, baseline: 0, settings: search).ranked(depth: 1)
      let critical = StandardNormal.upperQuantile(0.025)
      var found: [Finding] = []
      for candidate in candidates.candidates where abs(candidate.z) > critical {
        found.append(
          (
            candidate.conditions.map(\.covariate),
            try Rule(candidate.conditions).contains(data)
          ))
      }
      return found
    }
  }

  /// The share of their union that two sets have in common, or the one and the other's complement.
  private static func overlap(_ a: [Bool], _ b: [Bool]) -> Double {
    var (both, either, crossed, any) = (0.0, 0.0, 0.0, 0.0)
    for row in a.indices {
      if a[row] && b[row] { both += 1 }
      if a[row] || b[row] { either += 1 }
      if !a[row] && b[row] { crossed += 1 }
      if !a[row] || b[row] { any += 1 }
    }
    return max(either > 0 ? both / either : 0, any > 0 ? crossed / any : 0)
  }

  private static func mean(_ numbers: [Double]) throws(SegmentError) -> ScoreEstimate {
    guard
      let mean = ScoreEstimate(numbers, CustomerIndex(numbers.indices.map { UInt64($0) }))
    else { throw .tooFewSessions(count: numbers.count, needed: 2) }
    return mean
  }
}
