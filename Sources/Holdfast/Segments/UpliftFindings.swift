internal import Inference
internal import Segments

/// Predictions of each arm's effect on a customer, and how good they are.
///
/// Each learner learns from half of the customers and is judged on the other half, by doubly robust
/// scores that owe nothing to it: predictions that judge themselves, or each other across folds, look
/// better than they are.
struct UpliftFindings {
  /// The rows, arm after arm, learner after learner.
  private(set) var rows: [UpliftRow] = []
  /// The best of the rankings in a sentence, or that none is better than chance.
  private(set) var notes: [String] = []

  init(_ sample: SegmentSample, _ scores: ActionScores) async {
    let judgement = UpliftJudgement(sample, scores)
    let plan = sample.plan
    let tasks = sample.arms.flatMap { arm in plan.segments.uplift.learners.map { (arm, $0) } }
    let judged = await Ordered.map(tasks, threads: plan.threads) { arm, learner in
      judgement.rows(of: learner, arm: arm)
    }
    rows = judged.flatMap(\.self)
    let projected = await Ordered.map(sample.arms, threads: plan.threads) { arm in
      Self.projection(of: arm, sample, scores)
    }
    rows += projected.flatMap(\.self)
    adjust(plan.adjustment)
    notes = [verdict(plan.level)].compactMap(\.self)
  }

  /// Adjusts the p-values of each measure over all its rows.
  private mutating func adjust(_ adjustment: Multiplicity) {
    for (measure, places) in Dictionary(grouping: rows.indices, by: { rows[$0].measure }) {
      let adjusted = adjustment.adjust(places.map { rows[$0].pValue })
      let tested = adjusted.count { $0 != nil }
      for (place, p) in zip(places, adjusted) where p != nil {
        rows[place].adjustedPValue = p
        rows[place].adjustment = "\(adjustment.rawValue) over \(tested) rows of \(measure)"
      }
    }
  }

  private func verdict(_ level: Double) -> String? {
    let ranked = rows.filter { $0.measure == "autoc" && $0.adjustedPValue != nil }
    guard !ranked.isEmpty else { return nil }
    let found = ranked.filter {
      ($0.adjustedPValue ?? 1) < 1 - level && ($0.estimate.value ?? 0) > 0
    }
    guard let best = found.min(by: { ($0.adjustedPValue ?? 1) < ($1.adjustedPValue ?? 1) }) else {
      return
        "no prediction ranks customers better than chance (\(ranked.count) tried): an arm is for "
        + "everybody or for nobody, as far as the log tells"
    }
    return
      "\(found.count) of \(ranked.count) predictions rank customers better than chance, the surest "
      + "the \(best.learner) of \(best.arm), adjusted p \(Decimals.pValue(best.adjustedPValue ?? 1))"
  }

  /// The linear function of the covariates that is closest to an arm's effect.
  private static func projection(
    of arm: Int, _ sample: SegmentSample, _ scores: ActionScores
  ) -> [UpliftRow] {
    func row(_ setting: String?, _ estimate: Estimate, _ pValue: Double? = nil) -> UpliftRow {
      UpliftRow(
        metric: sample.metric, arm: sample.data.armNames[arm],
        baseline: sample.baseline, learner: "none", measure: "projection", setting: setting,
        estimate: estimate, level: sample.plan.level, pValue: pValue,
        sessions: sample.rows.count,
        method: "least squares of doubly robust scores, HC3 by customer; null: coefficient 0",
        sample: sample.everybody)
    }
    do throws(SegmentError) {
      let projection = try BestLinearProjection(
        contrast: scores.contrast(arm, 0), on: sample.data.covariates, units: sample.data.units)
      return projection.terms.map { term in
        guard let test = term.test else {
          return row(term.name, Estimate(refusal: "the term has no error"))
        }
        return row(term.name, Estimate(test, level: sample.plan.level), test.pValue())
      }
    } catch {
      return [row(nil, Estimate(refusal: SegmentRefusal(error).sentence))]
    }
  }
}

extension Estimate {
  /// An estimate with its Wald interval.
  init(_ test: WaldTest, level: Double) {
    self.init(
      test.estimate, standardError: test.standardError, interval: test.interval(level: level))
  }

  /// A mean of scores with its normal interval.
  init(_ score: ScoreEstimate, level: Double) {
    self.init(
      score.mean, standardError: score.standardError, interval: score.interval(level: level))
  }
}
