internal import Inference
internal import Segments

/// Rules of one or two conditions under which an arm does otherwise than elsewhere, found on one half of
/// the customers and measured on the other.
struct RuleFindings {
  /// The rows, the surest first.
  private(set) var rows: [SegmentRow] = []
  /// What is to be said of the search as a whole.
  private(set) var notes: [String] = []

  /// - Throws: ``SegmentRefusal`` where there is nothing to search.
  init(_ sample: SegmentSample) throws(SegmentRefusal) {
    let search = Self.search(sample.plan)
    let report: SegmentReport
    var stability: [Rule: Double] = [:]
    do throws(SegmentError) {
      report = try search.run(sample.data, baseline: 0)
      if sample.plan.segments.stability > 0, !report.rules.isEmpty {
        let shares = try search.stability(
          of: report.rules, sample.data, baseline: 0, halves: sample.plan.segments.stability)
        stability = Dictionary(uniqueKeysWithValues: zip(report.rules, shares))
      }
    } catch {
      throw SegmentRefusal(error)
    }
    rows = report.findings.map { finding in
      var row = Self.row(finding, report, sample)
      row.stability = stability[finding.rule]
      return row
    }
    notes = [Self.verdict(report, sample)] + calibration(of: search, sample)
  }

  private static func search(_ plan: RunPlan) -> SegmentSearch {
    var search = SegmentSearch()
    search.seed = plan.seed
    search.depth = plan.segments.depth
    search.ruleLimit = plan.segments.maximumRules
    search.minimumSessions = plan.segments.minimumSessions
    search.adjustment = plan.adjustment
    search.level = plan.level
    return search
  }

  private static func row(
    _ finding: SegmentFinding, _ report: SegmentReport, _ sample: SegmentSample
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
      source: "rules", claim: sample.assignment.claim, metric: sample.metric,
      rule: "\(finding.rule)", predicate: finding.rule.predicate,
      arm: finding.arm, baseline: finding.baseline,
      method: "difference of means, \(report.intervalMethod); interaction: z of inside − outside",
      estimate: inside, outside: outside, interaction: interaction,
      shrunken: .notAsked, level: sample.plan.level,
      pValue: finding.measurement?.pValue, adjustedPValue: finding.measurement?.adjustedPValue,
      adjustment: "\(report.adjustment.rawValue) over \(report.findings.count) rules × arms",
      sessions: finding.sessionsInside.total, sessionsOutside: finding.sessionsOutside.total,
      wholeSample: finding.wholeSample?.inside, wholeSampleOutside: finding.wholeSample?.outside,
      candidates: report.candidatesSearched,
      sample: "\(report.estimationSessions) sessions that the \(report.discoverySessions) of the "
        + "search had no part in",
      warnings: finding.warnings + [sample.warning].compactMap(\.self))
  }

  /// What the search found, or what it would have seen had it been there.
  private static func verdict(_ report: SegmentReport, _ sample: SegmentSample) -> String {
    let (found, tested) = (report.discoveries.count, report.findings.count)
    guard found == 0 else {
      return "\(found) of \(tested) rules × arms differ from elsewhere beyond chance, after "
        + "\(report.adjustment.rawValue)"
    }
    let seen = report.detectable.min { $0.difference < $1.difference }
    let blind = report.detectable.max { $0.difference < $1.difference }
    guard let seen, let blind else { return "no segment found" }
    let scale = sample.data.hasBinaryRewards ? 100.0 : 1
    let unit = sample.data.hasBinaryRewards ? " pp" : ""
    let least = Decimals.text(scale * seen.difference, 2)
    let most = Decimals.text(scale * blind.difference, 2)
    return "no segment found among \(report.candidatesSearched) candidates; with chance "
      + "\(Decimals.percent(seen.power, 0)) the search sees a difference between two halves of the "
      + "customers of \(least)\(unit) (\(seen.arm))"
      + (least == most ? "" : " to \(most)\(unit) (\(blind.arm))") + "; smaller ones may be there"
  }

  /// Whether the best rule over all sessions is better than the best of logs without any.
  private func calibration(of search: SegmentSearch, _ sample: SegmentSample) -> [String] {
    let deals = sample.plan.segments.permutations
    guard deals > 0,
      let calibration = try? SearchCalibration(
        of: search, sample.data, baseline: 0, deals: deals, seed: sample.plan.seed),
      let rule = calibration.rule
    else { return [] }
    return [
      "over all sessions '\(rule)' stands out most, |z| "
        + "\(Decimals.text(calibration.greatest, 2)); of logs in which arms and outcomes were dealt out "
        + "anew the best rule reaches that with p \(Decimals.pValue(calibration.pValue)) "
        + "(\(deals) deals)"
    ]
  }
}

extension Estimate {
  init(_ effect: SegmentEffect) {
    self.init(
      effect.difference, standardError: effect.standardError, interval: effect.interval)
  }
}
