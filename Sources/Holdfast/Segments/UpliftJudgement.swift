internal import Inference
internal import Segments

/// Judges predicted effects on the half of the customers that taught the learner nothing.
struct UpliftJudgement: Sendable {
  private let sample: SegmentSample
  private let learning: [Int]
  private let judging: [Int]
  private let data: SegmentData
  private let scores: ActionScores

  init(_ sample: SegmentSample, _ scores: ActionScores) {
    self.sample = sample
    let halves = CustomerHalves(sample.data.units, seed: sample.plan.seed)
    (learning, judging) = (halves.learning, halves.other)
    data = sample.data.subset(halves.other)
    self.scores = scores.subset(halves.other)
  }

  /// The rows of a learner for an arm; one row that says why where it could not learn.
  func rows(of learner: UpliftLearner, arm: Int) -> [UpliftRow] {
    let blank = row(learner, arm)
    do throws(SegmentError) {
      let effects = try learner.effects(
        sample.data, arm: arm, baseline: 0, chances, training: learning, at: judging)
      let contrast = scores.contrast(arm, 0)
      let targeting = try TargetingCurve(
        priorities: effects, contrast: contrast, units: data.units)
      return areas(targeting, blank) + (try curves(effects, arm, blank))
        + (try gains(targeting, blank)) + calibration(effects, contrast, blank)
    } catch {
      var refused = blank
      refused.measure = "autoc"
      refused.estimate = Estimate(refusal: SegmentRefusal(error).sentence)
      return [refused]
    }
  }

  /// Learners want the chances of all arms; where only the shown arm's is logged they are regressed.
  private var chances: ArmPropensities {
    switch sample.assignment.kind {
    case .random(let chances): chances
    case .logged, .unknown: .regression(floor: 0.01)
    }
  }

  private func row(_ learner: UpliftLearner, _ arm: Int) -> UpliftRow {
    UpliftRow(
      metric: sample.metric, arm: data.armNames[arm], baseline: sample.baseline,
      learner: learner.label, measure: "", estimate: .notAsked,
      level: sample.plan.level, sessions: judging.count, method: "",
      sample: "\(judging.count) sessions that the \(learning.count) that taught the learner had no "
        + "part in")
  }

  /// The areas under the targeting curve, against a ranking by chance.
  private func areas(_ curve: TargetingCurve, _ blank: UpliftRow) -> [UpliftRow] {
    RankWeightedEffect.Weighting.allCases.map { weighting in
      let area = RankWeightedEffect(curve, weighting, seed: sample.plan.seed).estimate
      var row = blank
      row.measure = weighting == .autoc ? "autoc" : "rate qini"
      row.estimate = Estimate(area, level: row.level)
      row.pValue = area.test()?.pValue()
      row.method =
        "area under the targeting curve of doubly robust scores, half-sampled; null: no better than "
        + "chance"
      return row
    }
  }

  /// The curves and groups of raw outcomes, which speak of effects where arms were drawn at random.
  private func curves(
    _ effects: [Double], _ arm: Int, _ blank: UpliftRow
  ) throws(SegmentError) -> [UpliftRow] {
    guard case .random = sample.assignment.kind else { return [] }
    let curve = try UpliftCurve(scores: effects, data, arm: arm, baseline: 0)
    let areas = [
      ("qini", curve.qiniCoefficient, "area between the Qini curve and the straight line"),
      ("auuc", curve.upliftCoefficient, "area between the uplift curve and the straight line"),
    ].map { measure, value, method in
      var row = blank
      row.measure = measure
      row.estimate =
        value.map { Estimate($0, interval: nil) }
        ?? Estimate(refusal: "outcomes are not 0 or 1, or do not vary")
      row.method = "\(method), as a part of a perfect score's; ties together"
      return row
    }
    let bins = try UpliftBins(
      scores: effects, data, arm: arm, baseline: 0, count: sample.plan.segments.uplift.bins,
      level: blank.level)
    return areas
      + bins.bins.enumerated().map { place, bin in
        var row = blank
        row.measure = "bin"
        row.setting =
          "\(place + 1) of \(bins.bins.count), predicted \(Decimals.text(bin.meanScore, 4))"
        row.estimate =
          bin.effect.map { Estimate($0) } ?? Estimate(refusal: "too few sessions, or no variation")
        row.sessions = bin.sessions.total
        row.method = "difference of means in a group, the highest predictions first"
        return row
      }
  }

  /// What is gained a session, over all sessions, if a budget goes to the highest predictions.
  private func gains(
    _ curve: TargetingCurve, _ blank: UpliftRow
  ) throws(SegmentError) -> [UpliftRow] {
    var rows: [UpliftRow] = []
    for budget in sample.plan.segments.uplift.budgets {
      let gain = try curve.gain(top: budget)
      var row = blank
      row.measure = "gain"
      row.setting = "the first \(Decimals.percent(budget, 0))"
      row.estimate = Estimate(gain, level: row.level)
      row.method = "mean of doubly robust contrast scores of those shown the arm, over everybody"
      rows.append(row)
    }
    return rows
  }

  /// Whether predictions are as large, and as different, as the effects are.
  private func calibration(
    _ effects: [Double], _ contrast: [Double], _ blank: UpliftRow
  ) -> [UpliftRow] {
    guard
      let calibration = try? EffectCalibration(
        predictions: effects, contrast: contrast, units: data.units)
    else { return [] }
    return [
      ("mean prediction", calibration.meanPrediction), ("differences", calibration.differences),
    ].compactMap { setting, test in
      test.map { test in
        var row = blank
        row.measure = "calibration"
        row.setting = setting
        row.estimate = Estimate(test, level: row.level)
        row.pValue = test.pValue()
        row.method = "regression of scores on predictions, HC3 by customer; 1 if right; null: 0"
        return row
      }
    }
  }
}
