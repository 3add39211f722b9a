internal import Inference

extension DiagnosticAnalysis {
  /// Whether each arm's effect grows or fades by a clock, and its later half less its earlier one.
  func novelty(by clock: Dimension) -> [DiagnosticRow] {
    let cells = cells(clock)
    return (1..<log.arms.levels.count).flatMap { arm in
      let periods = comparable(cells, arm)
      return [trend(cells, periods, arm, clock), earlyLate(cells, periods, arm, clock)]
        + effectsByLevel(cells, periods, arm, clock)
    }
  }

  private func trend(
    _ cells: [[ArmSummary]], _ periods: [Int], _ arm: Int, _ clock: Dimension
  ) -> DiagnosticRow {
    var row = row(.novelty, clock.name, arm: arm, sessions: sessions(cells, periods, arm))
    guard periods.count >= Self.leastPeriods, let scores = clock.scores else {
      row.refusal =
        "too few periods: \(periods.count) have \(plan.diagnostics.minimumSessions) sessions in "
        + "each arm, \(Self.leastPeriods) are needed"
      return row
    }
    do throws(InferenceError) {
      row.fill(
        try EffectTrendTest(
          offer: periods.map { cells[$0][arm].moments },
          control: periods.map { cells[$0][0].moments }, scores: periods.map { scores[$0] }))
      if periods.count < Self.fewPeriods {
        row.warnings.append(
          "\(periods.count) periods: enough to see that an effect changes, not how")
      }
    } catch {
      row.refusal = refusal(error, arm: arm)
    }
    return row
  }

  private func earlyLate(
    _ cells: [[ArmSummary]], _ periods: [Int], _ arm: Int, _ clock: Dimension
  ) -> DiagnosticRow {
    var row = row(.earlyLate, clock.name, arm: arm, sessions: sessions(cells, periods, arm))
    guard periods.count >= 2 else {
      row.refusal =
        "too few periods: \(periods.count) have \(plan.diagnostics.minimumSessions) sessions in "
        + "each arm, 2 are needed"
      return row
    }
    let halves = [periods.prefix(periods.count / 2), periods.dropFirst(periods.count / 2)]
    func moments(_ arm: Int) -> [Moments] {
      halves.map { half in Moments(merging: half.map { cells[$0][arm].moments }) }
    }
    do throws(InferenceError) {
      row.fill(try EffectTrendTest(offer: moments(arm), control: moments(0), scores: [0, 1]))
      row.method = "late effect less early effect"
      row.null = "the late effect is the early one"
    } catch {
      row.refusal = refusal(error, arm: arm)
    }
    return row
  }

  private static let leastPeriods = 3
  private static let fewPeriods = 5
}
