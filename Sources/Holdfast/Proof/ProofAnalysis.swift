internal import Inference
internal import Sessions

/// Writes the proof sheet of each row of lift.
struct ProofAnalysis {
  private let table: SessionTable
  private let log: EncodedLog
  private let plan: RunPlan
  private let sampleRatio: SampleRatio
  private let rows: [LiftRow]

  /// Prepares the sheets of the rows that a log gave.
  init(
    _ table: SessionTable, _ log: EncodedLog, plan: RunPlan, _ sampleRatio: SampleRatio,
    _ rows: [LiftRow]
  ) {
    self.table = table
    self.log = log
    self.plan = plan
    self.sampleRatio = sampleRatio
    self.rows = rows
  }

  /// The sheets, one for each row, in the order of the rows.
  func sheets() async -> [ProofSheet] {
    let keys = LiftRowKey.keys(of: rows)
    let relabelled = RelabelledRuns(log, plan: plan)
    let rejections = await relabelled.rejections(of: rows)
    let suppositions = Supposition.all(table, log, plan: plan)
    let supposed = await Ordered.map(suppositions, threads: plan.threads) {
      $0.matching(rows, keys)
    }
    let counts = WindowCounts(log)
    return rows.indices.map { index in
      let row = rows[index]
      var items = statements(of: row)
      items += counts.maturity(row, log, plan: plan)
      items += falsePositives(rejections[index], relabelled)
      items.append(DetectableEffect(row, plan: plan).item)
      items += PosteriorVerdict.items(row, log, counts, plan: plan)
      for (supposition, rows) in zip(suppositions, supposed) where supposition.isAbout(row) {
        items.append(item(row, supposition, rows[index]))
      }
      return ProofSheet(row, number: index + 1, items)
    }
  }

  private var alpha: Double { 1 - plan.level }

  /// What the row itself and the log say.
  private func statements(of row: LiftRow) -> [ProofItem] {
    let method = [row.method, "null: \(row.null)", row.tail, row.choice, row.sample]
    return [
      ProofItem(.method, .stated, method.filter { !$0.isEmpty }.joined(separator: "; ")),
      adjustment(of: row),
      sampleRatioItem,
      coherence(of: row),
    ].compactMap(\.self)
  }

  private func adjustment(of row: LiftRow) -> ProofItem {
    let questions = Set(rows.filter { $0.arm == row.arm }.map { [$0.metric, $0.method] }).count
    let rest =
      questions > 1
      ? "; not adjusted for the \(questions) questions that each arm is asked" : ""
    return ProofItem(
      .adjustment, .stated, pValue: row.adjustedPValue, verdict: row.verdict(alpha: alpha),
      row.adjustment + rest)
  }

  private var sampleRatioItem: ProofItem {
    if let refusal = sampleRatio.refusal { return ProofItem(.sampleRatio, .unanswered, refusal) }
    return ProofItem(
      .sampleRatio, sampleRatio.warning == nil ? .holds : .fails, pValue: sampleRatio.pValue,
      "\(sampleRatio.source); chi-squared, fails below p \(SampleRatio.warningLevel)")
  }

  /// Whether p-value and interval, both adjusted, agree about no effect; nil where there is no
  /// two-sided answer.
  private func coherence(of row: LiftRow) -> ProofItem? {
    guard row.better != nil, let scale = row.scale, let p = row.adjustedPValue ?? row.pValue,
      let interval = row.adjustedInterval ?? row.estimate.interval
    else { return nil }
    let agrees = (p < alpha) != interval.contains(scale.noEffect)
    return ProofItem(
      .coherence, agrees ? .holds : .fails, value: scale.noEffect, interval: interval, pValue: p,
      agrees
        ? "p is below the error rate exactly when the interval leaves out no effect"
        : "test and interval rest on different statistics and disagree here")
  }

  private func falsePositives(_ found: Rejections, _ runs: RelabelledRuns) -> [ProofItem] {
    if case .varies = Randomisation(log, rows: log.rows(experimentOnly: true), plan: plan) {
      return [
        ProofItem(
          .falsePositives, .unanswered,
          "propensities vary, so that the labels may not be dealt out anew")
      ]
    }
    guard found.answered > 0 else {
      return [
        ProofItem(
          .falsePositives, .unanswered,
          runs.count == 0
            ? "not tried, by the plan"
            : "not tried: this method takes too long to be repeated, or has no p-value")
      ]
    }
    func item(_ kind: ProofItem.Kind, _ count: Int, _ what: String) -> ProofItem {
      let tally = Tally(successes: count, trials: found.answered)
      let interval = ClopperPearsonInterval(level: Self.rateLevel).proportion(tally)
      return ProofItem(
        kind, interval.lower > alpha ? .fails : .holds,
        setting: "\(found.answered) deals", value: tally.proportion, interval: interval,
        level: Self.rateLevel,
        "\(what) at \(Decimals.text(alpha, 3)) when the arms are dealt out to "
          + "\(runs.unitName) anew; fails if the whole interval lies above")
    }
    return [
      item(.falsePositives, found.own, "how often this row rejects"),
      item(.familyErrors, found.family, "how often any arm's adjusted p-value rejects"),
    ]
  }

  /// What becomes of a verdict under a supposition.
  private func item(
    _ row: LiftRow, _ supposition: Supposition, _ found: LiftRow?
  ) -> ProofItem {
    guard let found, let verdict = found.verdict(alpha: alpha) else {
      return ProofItem(
        supposition.kind, .unanswered, setting: supposition.setting,
        found?.estimate.refusal ?? "the log has no answer")
    }
    return ProofItem(
      supposition.kind, verdict == row.verdict(alpha: alpha) ? .holds : .changes,
      setting: supposition.setting, value: found.estimate.value,
      interval: found.estimate.interval, level: found.level, pValue: found.adjustedPValue,
      verdict: verdict,
      "\(found.sessions) against \(found.baselineSessions) sessions"
        + (found.method == row.method ? "" : ", by \(found.method)"))
  }

  /// The level of the interval of a rate: over all rows of a run hardly one should fail by chance.
  private static let rateLevel = 0.999
}
