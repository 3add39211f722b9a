internal import Inference
internal import Probability

extension DiagnosticAnalysis {
  /// Whether each arm's effect is the same at all levels, which level departs, and what a mix that differs
  /// does to the effect.
  func effects(
    by dimension: Dimension, as diagnostic: DiagnosticRow.Diagnostic
  ) -> [DiagnosticRow] {
    let cells = cells(dimension)
    let counts = counts(dimension)
    return (1..<log.arms.levels.count).flatMap { arm in
      let levels = comparable(cells, arm)
      return [
        heterogeneity(cells, levels, arm, dimension, diagnostic),
        mix(cells, counts, arm, dimension),
      ] + effectsByLevel(cells, levels, arm, dimension)
    }
  }

  /// The levels in which an arm and the baseline have sessions enough.
  func comparable(_ cells: [[ArmSummary]], _ arm: Int) -> [Int] {
    cells.indices.filter { level in
      [0, arm].allSatisfy { cells[level][$0].moments.count >= plan.diagnostics.minimumSessions }
    }
  }

  /// Shares by their odds ratios, since small strata spoil their variances; other metrics by Cochran's Q.
  private func heterogeneity(
    _ cells: [[ArmSummary]], _ levels: [Int], _ arm: Int, _ dimension: Dimension,
    _ diagnostic: DiagnosticRow.Diagnostic
  ) -> DiagnosticRow {
    var row = row(
      diagnostic, dimension.name, arm: arm, sessions: sessions(cells, levels, arm))
    let estimates = estimates(cells, levels, arm)
    let effects = Result { () throws(InferenceError) in
      try EffectHeterogeneityTest(estimates.map(\.effect))
    }
    if case .success(let test) = effects {
      row.value = dimension.levels[estimates[test.greatestDeparture].level]
    }
    do throws(InferenceError) {
      if isShare {
        let test = try BreslowDayTest(
          offer: StratifiedTally(levels.map { cells[$0][arm].tally }),
          control: StratifiedTally(levels.map { cells[$0][0].tally }))
        row.describe(test.method)
        (row.statistic, row.degreesOfFreedom) = (test.chiSquared, test.degreesOfFreedom)
        row.pValue = test.pValue
        row.inconsistency = EffectHeterogeneityTest.inconsistency(
          chiSquared: test.chiSquared, degreesOfFreedom: test.degreesOfFreedom)
      } else {
        let test = try effects.get()
        row.describe(test.method)
        (row.statistic, row.degreesOfFreedom) = (test.chiSquared, test.degreesOfFreedom)
        row.pValue = test.pValue
        row.inconsistency = test.inconsistency
      }
    } catch {
      row.refusal = refusal(error, arm: arm)
    }
    return row
  }

  /// The effect at each level, and its departure from what the levels have in common.
  func effectsByLevel(
    _ cells: [[ArmSummary]], _ levels: [Int], _ arm: Int, _ dimension: Dimension
  ) -> [DiagnosticRow] {
    let estimates = estimates(cells, levels, arm)
    // One level departs from nothing.
    guard let test = try? EffectHeterogeneityTest(estimates.map(\.effect)) else { return [] }
    return zip(estimates, test.departures).map { estimate, departure in
      var row = row(
        .effectByLevel, dimension.name, arm: arm, value: dimension.levels[estimate.level],
        sessions: sessions(cells, [estimate.level], arm))
      row.method = "difference of means, Wald; departure from the common effect"
      row.null = "the effect is the one that the levels have in common"
      let effect = estimate.effect
      let margin = StandardNormal.upperQuantile((1 - plan.level) / 2) * effect.standardError
      row.estimate = effect.value
      row.interval = Interval(lower: effect.value - margin, upper: effect.value + margin)
      row.statistic = departure
      row.pValue = 2 * StandardNormal.survival(abs(departure))
      return row
    }
  }

  /// Whether the levels fall into an arm as into the baseline; if not, the effect at equal mixes.
  private func mix(
    _ cells: [[ArmSummary]], _ counts: [[Int]], _ arm: Int, _ dimension: Dimension
  ) -> DiagnosticRow {
    let pairs = counts.map { [$0[0], $0[arm]] }
    var row = row(
      .mix, dimension.name, arm: arm, sessions: pairs.reduce(0) { $0 + $1[0] + $1[1] })
    row.metric = plan.metric.rawValue
    do throws(InferenceError) {
      // The shares of the two, as they came: only the dependence on the level is asked for here.
      let totals = [0, 1].map { arm in pairs.reduce(0.0) { $0 + Double($1[arm]) } }
      let test = try SampleRatioByLevelTest(observed: pairs, weights: totals)
      row.method = "chi-squared of the mix; estimate: post-stratified difference"
      row.null = "the arm and the baseline have the same mix of levels"
      (row.statistic, row.degreesOfFreedom) = (test.chiSquared, test.degreesOfFreedom)
      row.pValue = test.pValue
      let levels = cells.indices.filter { level in
        [0, arm].allSatisfy { cells[level][$0].moments.count >= 2 }
      }
      let (offers, controls) = (
        levels.map { cells[$0][arm].moments }, levels.map { cells[$0][0].moments }
      )
      let raw = try EffectEstimate(
        offer: Moments(merging: offers), control: Moments(merging: controls))
      let stratified = try PostStratification(offer: offers, control: controls).effect()
      let contrast = DifferenceTest(stratified)
      row.estimate = stratified.difference
      let interval = contrast.interval(level: plan.level)
      row.interval = interval
      if !interval.contains(raw.value) || raw.value * stratified.difference < 0 {
        row.warnings.append(
          "the raw effect \(Decimals.signed(raw.value, 4)) is "
            + "\(Decimals.signed(stratified.difference, 4)) at equal mixes of \(dimension.name)")
      }
    } catch {
      // Without variation there is no effect to correct; the mix itself may still have its answer.
      if row.pValue == nil { row.refusal = refusal(error, arm: arm) }
    }
    return row
  }

  private func estimates(
    _ cells: [[ArmSummary]], _ levels: [Int], _ arm: Int
  ) -> [(level: Int, effect: EffectEstimate)] {
    levels.compactMap { level in
      (try? EffectEstimate(offer: cells[level][arm].moments, control: cells[level][0].moments))
        .map { (level, $0) }
    }
  }

  func sessions(_ cells: [[ArmSummary]], _ levels: [Int], _ arm: Int) -> Int {
    levels.reduce(0) { $0 + cells[$1][0].moments.count + cells[$1][arm].moments.count }
  }
}
