internal import Inference

/// The measurement of rules on the half that did not choose them.
struct SegmentEstimation {
  private let data: SegmentData
  private let whole: SegmentData
  private let baseline: Int
  private let minimumSessions: Int
  private let level: Double
  private let isBinary: Bool
  private let customers: CustomerIndex

  /// Prepares the estimation half for any number of rules.
  ///
  /// - Parameters:
  ///   - data: The sessions of the estimation half.
  ///   - whole: All sessions, for description.
  ///   - baseline: The arm to compare with, by its place.
  ///   - settings: The search whose rules are measured.
  init(_ data: SegmentData, whole: SegmentData, baseline: Int, settings: SegmentSearch) {
    self.data = data
    self.whole = whole
    self.baseline = baseline
    minimumSessions = settings.minimumSessions
    level = settings.level
    isBinary = data.hasBinaryRewards
    customers = CustomerIndex(data.units)
  }

  /// Score intervals suit shares of single sessions; else the robust error speaks for itself.
  private var usesScoreIntervals: Bool { isBinary && !customers.hasRepeats }

  /// The name of the method of the intervals inside and outside.
  var intervalMethod: String {
    usesScoreIntervals
      ? NewcombeInterval.name
      : customers.hasRepeats ? "Wald, errors clustered by customer" : "Wald, robust error"
  }

  /// One finding for each rule and each arm but the baseline.
  func findings(of rules: [Rule]) throws(SegmentError) -> [SegmentFinding] {
    var findings: [SegmentFinding] = []
    for rule in rules {
      let inside = try rule.contains(data)
      let insideWhole = try rule.contains(whole)
      for arm in data.armNames.indices where arm != baseline {
        findings.append(finding(rule, inside, insideWhole, arm: arm))
      }
    }
    return findings
  }

  private func finding(
    _ rule: Rule, _ inside: [Bool], _ insideWhole: [Bool], arm: Int
  ) -> SegmentFinding {
    let cells = ArmContrast.cells(of: data, inside: inside, arm: arm, baseline: baseline)
    let all = ArmContrast.cells(of: whole, inside: insideWhole, arm: arm, baseline: baseline)
    return SegmentFinding(
      rule: rule, arm: data.armNames[arm], baseline: data.armNames[baseline],
      sessionsInside: .init(arm: cells[0].count, baseline: cells[1].count),
      sessionsOutside: .init(arm: cells[2].count, baseline: cells[3].count),
      result: measure(cells, inside, arm: arm),
      wholeSample: all.allSatisfy { $0.count > 0 }
        ? .init(inside: all[0].mean - all[1].mean, outside: all[2].mean - all[3].mean) : nil,
      warnings: warnings(cells, arm: arm))
  }

  /// The contrasts of a rule and an arm, or why there are none.
  private func measure(
    _ cells: [ArmContrast.Cell], _ inside: [Bool], arm: Int
  ) -> Result<SegmentFinding.Measurement, SegmentFinding.Refusal> {
    for (index, cell) in cells.enumerated() where cell.count < minimumSessions {
      return .failure(
        .tooFewSessions(
          arm: data.armNames[index % 2 == 0 ? arm : baseline], inside: index < 2,
          count: cell.count, needed: minimumSessions))
    }
    guard
      let contrast = ArmContrast(
        of: data, inside: inside, arm: arm, baseline: baseline, customers: customers),
      let insideTest = WaldTest(contrast.inside, variance: contrast.variances.inside),
      let outsideTest = WaldTest(contrast.outside, variance: contrast.variances.outside),
      let interaction = WaldTest(
        contrast.inside - contrast.outside, variance: contrast.variances.interaction)
    else { return .failure(.noVariation) }
    let p = interaction.pValue()
    return .success(
      SegmentFinding.Measurement(
        inside: effect(insideTest, cells[0], cells[1]),
        outside: effect(outsideTest, cells[2], cells[3]),
        interaction: SegmentEffect(
          difference: interaction.estimate, standardError: interaction.standardError,
          interval: interaction.interval(level: level)),
        pValue: p, adjustedPValue: p))
  }

  private func effect(
    _ test: WaldTest, _ arm: ArmContrast.Cell, _ baseline: ArmContrast.Cell
  ) -> SegmentEffect {
    SegmentEffect(
      difference: test.estimate, standardError: test.standardError,
      interval: usesScoreIntervals
        ? NewcombeInterval(level: level).difference(arm.tally, baseline.tally)
        : test.interval(level: level))
  }

  /// Cells in which every session ended alike: a regression on them would be separated.
  private func warnings(_ cells: [ArmContrast.Cell], arm: Int) -> [String] {
    guard isBinary else { return [] }
    return cells.enumerated().compactMap { index, cell in
      let tally = cell.tally
      guard tally.trials > 0, tally.successes == 0 || tally.failures == 0 else { return nil }
      let name = data.armNames[index % 2 == 0 ? arm : baseline]
      let side = index < 2 ? "inside" : "outside"
      return "\(tally.successes) of \(tally.trials) saved with \(name) \(side)"
    }
  }
}

extension WaldTest {
  fileprivate init?(_ estimate: Double, variance: Double) {
    self.init(estimate: estimate, standardError: variance.squareRoot())
  }
}
