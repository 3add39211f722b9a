public import Inference

/// A search for segments in which an arm does better, or worse, than elsewhere.
///
/// 1. Customers are divided at random in two halves.
/// 2. On the discovery half every rule of one or two conditions is tried, and a few are kept that
///    differ from each other.
/// 3. On the estimation half each rule kept is measured once for each arm, and the p-values of the
///    interactions are adjusted for all of them.
///
/// The estimates and p-values are honest, because no session that is measured took part in the
/// choice of what to measure. The answer depends on the data and the seed alone.
///
/// Reference: Athey and Imbens (2016), *PNAS* 113, 7353–7360; Lipkovich, Dmitrienko and D'Agostino
/// (2017), *Statistics in Medicine* 36, 136–196, on the search for subgroups.
public struct SegmentSearch: Hashable, Sendable {
  /// The seed of the division in halves.
  public var seed: UInt64 = 0
  /// The share of customers on whom rules are found.
  public var discoveryShare = 0.5
  /// The number of conditions that a rule may join, one or two.
  public var depth = 2
  /// The number of rules to keep.
  public var ruleLimit = 10
  /// The sessions that each arm needs inside and outside a rule, on either half.
  public var minimumSessions = 100
  /// The number of quantiles at which a number is cut.
  public var cutCount = 9
  /// The number of levels of a category, the most frequent, that become conditions.
  public var levelLimit = 50
  /// The part of their sessions that two rules may share.
  public var overlapLimit = 0.8
  /// How p-values are adjusted over all rules and arms.
  public var adjustment = Multiplicity.holm
  /// The level of every interval.
  public var level = 0.95

  /// Creates a search with the default settings.
  public init() {}

  /// Searches some sessions.
  ///
  /// - Parameters:
  ///   - data: The sessions; arms are taken to have been assigned at random.
  ///   - baseline: The arm that every other is compared with, by its place.
  /// - Returns: The rules kept, each measured for each arm.
  /// - Throws: `tooFewArms` or `noBaseline` if there is nothing to compare.
  /// - Complexity: O(*k²n*) for *n* sessions and *k* covariates, beside the pairs of conditions.
  public func run(_ data: SegmentData, baseline: Int) throws(SegmentError) -> SegmentReport {
    checkSettings()
    precondition(data.armNames.indices.contains(baseline), "the baseline is one of the arms")
    try Self.checkArms(data, baseline)
    let split = HonestSplit(units: data.units, discoveryShare: discoveryShare, seed: seed)

    let discovery = data.subset(split.discovery)
    let (candidates, searched) = CandidateSearch(
      discovery, baseline: baseline, settings: self
    ).ranked(depth: depth)
    var selection = RuleSelection(discovery, overlapLimit: overlapLimit)
    for candidate in candidates where selection.rules.count < ruleLimit {
      try selection.consider(Rule(candidate.conditions))
    }

    let estimation = SegmentEstimation(
      data.subset(split.estimation), whole: data, baseline: baseline, settings: self)
    let findings = adjusted(try estimation.findings(of: selection.rules))
    return SegmentReport(
      findings: findings,
      candidatesSearched: searched, rules: selection.rules,
      discoverySessions: split.discovery.count, estimationSessions: split.estimation.count,
      adjustment: adjustment, level: level, intervalMethod: estimation.intervalMethod,
      detectable: DetectableDifference.all(
        data.subset(split.estimation), baseline: baseline,
        tests: findings.count { $0.measurement != nil }, level: level))
  }

  /// Adjusts the p-values of all findings together and orders them.
  private func adjusted(_ findings: [SegmentFinding]) -> [SegmentFinding] {
    var findings = findings
    let adjusted = adjustment.adjust(findings.map { $0.measurement?.pValue })
    for (index, p) in adjusted.enumerated() {
      guard let p, var measurement = findings[index].measurement else { continue }
      measurement.adjustedPValue = p
      findings[index].result = .success(measurement)
    }
    let order = findings.indices.sorted {
      let (first, second) = (findings[$0].measurement?.pValue, findings[$1].measurement?.pValue)
      return (first ?? 2, $0) < (second ?? 2, $1)
    }
    return order.map { findings[$0] }
  }

  func checkSettings() {
    precondition(0 < discoveryShare && discoveryShare < 1, "each half gets a share of customers")
    precondition((1...2).contains(depth), "a rule joins one or two conditions")
    precondition(ruleLimit > 0 && cutCount > 0 && levelLimit > 0, "a search needs candidates")
    precondition(minimumSessions >= 2, "a variance needs two sessions")
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
  }

  static func checkArms(_ data: SegmentData, _ baseline: Int) throws(SegmentError) {
    var counts = Array(repeating: 0, count: data.armNames.count)
    for arm in data.arms { counts[Int(arm)] += 1 }
    guard counts[baseline] > 0 else { throw .noBaseline(arm: data.armNames[baseline]) }
    let filled = counts.count { $0 > 0 }
    guard filled > 1 else { throw .tooFewArms(filled) }
  }
}
