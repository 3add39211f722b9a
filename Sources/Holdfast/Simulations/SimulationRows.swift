internal import Bandits
internal import Inference

/// Makes rows of what a simulation found.
struct SimulationRows {
  private let plan: SimulationPlan
  private let setup: SimulationSetup

  init(_ plan: SimulationPlan, _ setup: SimulationSetup) {
    self.plan = plan
    self.setup = setup
  }

  /// The rows of a policy's curve.
  func curve(_ contender: SimulationSetup.Contender, _ curve: RegretCurve) -> [CurveRow] {
    curve.points.compactMap { point in
      guard let median = try? point.regretQuantile(0.5).value,
        let low = try? point.regretQuantile(0.1).value,
        let high = try? point.regretQuantile(0.9).value
      else { return nil }
      return CurveRow(
        policy: contender.name, sessions: point.time, days: days(point.time),
        replications: point.regrets.count, regret: estimate(point.regret), regretMedian: median,
        regretQuantiles: Interval(lower: low, upper: high), saved: estimate(point.reward),
        optimalShare: point.optimalShare.mean, simpleRegret: point.simpleRegret.mean,
        correctSelection: correctSelection(point.correctSelection),
        spend: setup.world.costs.map { _ in estimate(point.spend) },
        netMargin: plan.margin.map { margin in
          estimate(netMargins(margin, point.rewards, point.spends))
        }, level: plan.level,
        method: "means of replications, Student's interval; regret quantiles by order statistics; "
          + "correct selection by "
          + (isOneCell ? "Clopper–Pearson" : "Student's interval over shares of sessions"),
        sample: sample, warnings: warnings(contender.policy))
    }
  }

  /// The row of a policy's verdicts; nil if the plan asks for none.
  func verdict(
    _ contender: SimulationSetup.Contender, _ verdict: VerdictSummary
  ) -> VerdictRow? {
    guard let rule = plan.verdict else { return nil }
    let decided = verdict.sessions.count
    let sessions = decided > 0 ? estimate(verdict.sessions) : nil
    var warnings = warnings(contender.policy)
    if verdict.undecided > 0, decided > 0 {
      warnings.append(
        "the mean is of the replications that came to a verdict: a longer horizon would add later ones"
      )
    }
    return VerdictRow(
      policy: contender.name, replications: plan.replications, decided: decided,
      sessions: sessions,
      days: setup.sessionsPerDay.flatMap { day in
        decided > 0 ? estimate(verdict.sessions.divided(by: Double(day))) : nil
      }, correct: verdict.correct, falseWinners: verdict.falseWinners,
      undecided: verdict.undecided,
      falseWinnerRate: Estimate(verdict.falseWinnerRate, level: plan.level),
      confidence: rule.confidence, interval: rule.interval, level: plan.level,
      method: "first look at which an arm is best for everybody with the posterior probability, of "
        + "closed windows, over the cells as often as they come; Clopper–Pearson", sample: sample,
      warnings: warnings)
  }

  /// The row of a pair.
  func comparison(
    _ pair: (challenger: Int, other: Int), of curves: [RegretCurve]
  ) -> ComparisonRow? {
    guard let comparisons = plan.comparisons else { return nil }
    let (curve, otherCurve) = (curves[pair.challenger], curves[pair.other])
    let comparison = PolicyComparison(of: curve, against: otherCurve)
    guard let last = comparison.points.last, let own = curve.points.last,
      let others = otherCurve.points.last
    else { return nil }
    let names = (setup.contenders[pair.challenger].name, setup.contenders[pair.other].name)
    let win = comparison.horizon(
      toWinWith: comparisons.probability, sessionsPerDay: setup.sessionsPerDay ?? 1,
      level: plan.level)
    let margins = plan.margin.map { margin in
      zip(
        netMargins(margin, own.rewards, own.spends),
        netMargins(margin, others.rewards, others.spends)
      ).map { $0 - $1 }
    }
    var warnings = warnings(nil)
    if curve.points.count == 1 {
      warnings.append("looked at the horizon alone: more checkpoints would tell an earlier time")
    }
    return ComparisonRow(
      challenger: names.0, other: names.1, sessions: last.time,
      replications: last.wins.trials, regret: estimate(last.regretDifference),
      saved: estimate(last.rewardDifference),
      spend: setup.world.costs.map { _ in estimate(last.spendDifference) },
      netMargin: margins.map { estimate($0) },
      ahead: Estimate(last.wins, level: plan.level), probability: comparisons.probability,
      sessionsPerDay: setup.sessionsPerDay, winSessions: win?.sessions,
      winDays: setup.sessionsPerDay == nil ? nil : win?.days,
      aheadThen: win.map { Estimate($0.wins, level: plan.level) },
      answer: answer(names, comparisons.probability, win, last), level: plan.level,
      method: "paired by replication on the same customers; Student's interval; ahead: more saved "
        + "sessions, Clopper–Pearson", sample: sample, warnings: warnings)
  }

  /// The answer in words; that there is none, too.
  private func answer(
    _ names: (challenger: String, other: String), _ probability: Double,
    _ win: PolicyComparison.Horizon?, _ last: PolicyComparison.Point
  ) -> String {
    let traffic = setup.sessionsPerDay.map { "with \($0) cancels a day, " } ?? ""
    let asked = Decimals.percent(probability, 0)
    guard let win else {
      let length =
        setup.sessionsPerDay.map { day in "\(Self.days(last.time, day)) days" }
        ?? "\(last.time) sessions"
      return "\(traffic)'\(names.challenger)' does not come to beat '\(names.other)' with \(asked) "
        + "probability within \(length); by then it is ahead in "
        + Decimals.percent(last.wins.proportion, 1)
    }
    let when = setup.sessionsPerDay == nil ? "\(win.sessions) sessions" : "\(win.days) days"
    return "\(traffic)'\(names.challenger)' beats '\(names.other)' with \(asked) probability after "
      + "\(when) (then ahead in \(Decimals.percent(win.wins.proportion, 1)), "
      + "\(Decimals.percent(win.interval.lower, 1)) to \(Decimals.percent(win.interval.upper, 1)))"
  }

  private var isOneCell: Bool { setup.named.cells.count == 1 }

  /// The probability of correct selection; of one cell a share of replications, of several a mean of
  /// shares of sessions.
  private func correctSelection(_ shares: Moments) -> Estimate {
    if isOneCell {
      let correct = Int((shares.mean * Double(shares.count)).rounded())
      return Estimate(
        Tally(successes: correct, trials: shares.count), level: plan.level)
    }
    let estimate = estimate(shares)
    guard let value = estimate.value, let interval = estimate.interval else { return estimate }
    return Estimate(
      value, standardError: estimate.standardError,
      interval: Interval(lower: max(0, interval.lower), upper: min(1, interval.upper)))
  }

  private func netMargins(_ margin: Double, _ rewards: [Double], _ spends: [Double]) -> [Double] {
    zip(rewards, spends).map { margin * $0 - $1 }
  }

  private func estimate(_ moments: Moments) -> Estimate { Estimate(moments, level: plan.level) }

  private func estimate(_ values: [Double]) -> Estimate { estimate(Moments(values)) }

  private func days(_ sessions: Int) -> Int? {
    setup.sessionsPerDay.map { Self.days(sessions, $0) }
  }

  private static func days(_ sessions: Int, _ perDay: Int) -> Int {
    (sessions + perDay - 1) / perDay
  }

  /// What the figures are of, whatever the seed.
  private var sample: String {
    let named = setup.named
    var parts = [
      "\(plan.replications) replications of \(plan.horizon) sessions, the same customers for all",
      "\(named.arms.count) arms, \(named.cells.count) cells, \(named.source)",
    ]
    if plan.batchSize > 1 { parts.append("learning every \(plan.batchSize) sessions") }
    if plan.delay > 0 { parts.append("outcomes known \(plan.delay) sessions later") }
    if let timing = setup.world.timing {
      parts.append(
        "outcomes known within \(timing.window) days of \(timing.sessionsPerDay) sessions")
    }
    switch setup.world.drift?.course {
    case .linear(let sessions)?: parts.append("rates drift evenly over \(sessions) sessions")
    case .step(let session)?: parts.append("rates change at session \(session)")
    case .wave(let period)?: parts.append("rates swing with a period of \(period) sessions")
    case nil: break
    }
    if let budget = setup.world.budget { parts.append("a budget of \(budget)") }
    return parts.joined(separator: "; ")
  }

  /// What is to be minded of a policy's figures, or of those of several.
  private func warnings(_ policy: (any Policy)?) -> [String] {
    var warnings: [String] = []
    if plan.replications == 1 { warnings.append("one replication has no interval") }
    if case .fitted = plan.world {
      warnings.append("the rates are estimates: the figures hold if these are right")
    }
    if setup.world.budget != nil {
      warnings.append("an offer that the budget might not allow is replaced by the cheapest")
    }
    if setup.world.timing == nil, policy is any MaturingPolicy {
      warnings.append("no timing: the policy learns whole outcomes, none from open windows")
    }
    return warnings
  }
}
