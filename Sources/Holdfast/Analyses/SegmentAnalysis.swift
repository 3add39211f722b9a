internal import Inference
internal import Segments

/// Searches the randomised sessions for segments in which an arm works otherwise than elsewhere.
struct SegmentAnalysis {
  let log: EncodedLog
  let plan: RunPlan

  /// The rows, or why there are none.
  func run() -> Result<[SegmentRow], SegmentRefusal> {
    let rows = log.rows(experimentOnly: true)
    guard !log.covariates.isEmpty else {
      return .failure(
        SegmentRefusal("no column may define a segment: the mapping has no covariates"))
    }
    do throws(SegmentError) {
      let data = try SegmentData(
        arms: rows.map { log.arms.codes[$0] }, armNames: log.arms.levels,
        rewards: rows.compactMap { log.rewards[$0] },
        covariates: log.covariates.map { $0.covariate(rows) }, units: rows.map { log.units[$0] })
      let report = try search.run(data, baseline: 0)
      let sample =
        "\(report.estimationSessions) sessions that the \(report.discoverySessions) of the search "
        + "had no part in"
      let warning = Randomisation(log, rows: rows, plan: plan).warning
      return .success(
        report.findings.map { finding in
          var row = row(finding, report, sample)
          if let warning { row.warnings.append(warning) }
          return row
        })
    } catch {
      return .failure(SegmentRefusal(error))
    }
  }

  private var search: SegmentSearch {
    var search = SegmentSearch()
    search.seed = plan.seed
    search.depth = plan.segments.depth
    search.ruleLimit = plan.segments.maximumRules
    search.minimumSessions = plan.segments.minimumSessions
    search.adjustment = plan.adjustment
    search.level = plan.level
    return search
  }

  private func row(
    _ finding: SegmentFinding, _ report: SegmentReport, _ sample: String
  ) -> SegmentRow {
    let inside: Estimate
    let outside: Estimate
    let interaction: Estimate
    switch finding.result {
    case .success(let measurement):
      inside = Estimate(measurement.inside)
      outside = Estimate(measurement.outside)
      interaction = Estimate(measurement.interaction)
    case .failure(let refusal):
      inside = Estimate(refusal: "\(refusal)")
      outside = inside
      interaction = inside
    }
    return SegmentRow(
      metric: plan.metric.rawValue, rule: "\(finding.rule)", predicate: finding.rule.predicate,
      arm: finding.arm, baseline: finding.baseline,
      method: "difference of means, \(report.intervalMethod); interaction: z of inside − outside",
      estimate: inside, outside: outside, interaction: interaction, level: plan.level,
      pValue: finding.measurement?.pValue, adjustedPValue: finding.measurement?.adjustedPValue,
      adjustment: "\(report.adjustment.rawValue) over \(report.findings.count) rules × arms",
      sessions: finding.sessionsInside.total, sessionsOutside: finding.sessionsOutside.total,
      wholeSampleEffect: finding.wholeSample?.inside,
      wholeSampleEffectOutside: finding.wholeSample?.outside,
      candidates: report.candidatesSearched, sample: sample, warnings: finding.warnings)
  }
}

/// Why no segments were searched.
struct SegmentRefusal: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }

  init(_ error: SegmentError) {
    sentence =
      switch error {
      case .tooFewArms(let count): "no contrast: \(count) arm(s)"
      case .noBaseline(let arm): "the baseline \(arm) has no session that counts"
      case .duplicateCovariate(let name): "two columns are called \(name)"
      case .duplicateLevel(let name, _): "two levels of \(name) read alike"
      case .lengthMismatch, .unknownArm, .unknownLevel, .rewardNotFinite, .numberNotFinite,
        .unknownCovariate, .wrongKind, .scoreNotFinite, .propensityOutOfRange, .noSessions,
        .tooFewSessions, .regression:
        "the sessions cannot be searched: \(error)"
      }
  }
}

extension Estimate {
  fileprivate init(_ effect: SegmentEffect) {
    self.init(
      effect.difference, standardError: effect.standardError, interval: effect.interval)
  }
}

extension EncodedCovariate {
  /// The covariate on some rows, as the search reads it.
  fileprivate func covariate(_ rows: [Int]) -> Covariate {
    switch self {
    case .category(let column):
      Covariate(
        name: column.name,
        column: .category(codes: rows.map { column.codes[$0] }, levels: column.levels))
    case .number(let name, let values):
      Covariate(
        name: name,
        column: .number(
          values: rows.map { values[$0] ?? 0 }, isPresent: rows.map { values[$0] != nil }))
    }
  }
}
