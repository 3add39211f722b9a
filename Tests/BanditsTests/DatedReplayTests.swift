import Bandits
import Inference
import Probability
import TestSupport
import Testing

@Suite struct DatedReplayTests {
  let world: BernoulliWorld
  let even = uniformTable(cells: 2, arms: 3)
  let uneven = ActionTable(cellCount: 2, armCount: 3, values: [0.5, 0.3, 0.2, 0.25, 0.25, 0.5])
  let start = ThompsonSampling(armCount: 3, cellCount: 2)

  init() throws {
    world = try BernoulliWorld(
      rates: ActionTable(cellCount: 2, armCount: 3, values: [0.2, 0.3, 0.5, 0.4, 0.6, 0.3]))
  }

  // Li et al. (2011), algorithm 2, line by line.
  @Test func matchingAtOnceIsTheAlgorithmOfThePaper() throws {
    let log = try syntheticLog(of: world, by: even, sessions: 3_000, seed: 60)
    let replay = ReplayMatching(seed: 4)
    var (policy, rng, rewards) = (start, Philox(replay.key), Moments())
    for row in 0..<log.count {
      let context = Context(cell: Int(log.cells[row]))
      let choice = policy.choose(in: context, using: &rng)
      guard choice.index == Int(log.arms[row]) else { continue }
      rewards.add(log.rewards[row])
      policy.learn(choice, reward: log.rewards[row], in: context)
    }
    let plain = try replay.replay(start, over: log)
    let dated = try replay.replay(start, over: log, by: .atOnce(sessions: log.count))
    for outcome in [plain, dated.outcome] {
      #expect(outcome.estimate.value == rewards.mean)
      #expect(outcome.estimate.standardError == rewards.standardError)
      #expect(outcome.matches == rewards.count)
      #expect(outcome.policy == policy)
    }
  }

  // Dudík et al. (2012), algorithm 1 with q = 0, line by line.
  @Test func rejectionAtOnceIsTheAlgorithmOfThePaper() throws {
    let log = try syntheticLog(of: world, by: uneven, sessions: 1_000, seed: 61)
    let model = RewardModel(world.rates)
    let (rejection, robust) = (
      RejectionReplay(seed: 4), DoublyRobustReplay(model: model, seed: 4)
    )
    var (policy, rng, rewards, terms) = (start, Philox(rejection.key), Moments(), Moments())
    for row in 0..<log.count {
      let (cell, arm) = (Int(log.cells[row]), Int(log.arms[row]))
      let context = Context(cell: cell)
      let propensities = policy.propensities(in: context)
      let weight = propensities[arm] / log.propensities[row]
      var term = weight * (log.rewards[row] - world.rates[cell, arm])
      for other in 0..<3 { term += propensities[other] * world.rates[cell, other] }
      terms.add(term)
      if rng.uniform() < 0.2 * propensities[arm] / log.propensities[row] {
        rewards.add(log.rewards[row])
        policy.learn(Arm(arm), reward: log.rewards[row], in: context)
      }
    }
    let atOnce = ReplaySchedule.atOnce(sessions: log.count)
    let kept = [
      try rejection.replay(start, over: log),
      try rejection.replay(start, over: log, by: atOnce).outcome,
    ]
    let doubled = [
      try robust.replay(start, over: log), try robust.replay(start, over: log, by: atOnce).outcome,
    ]
    for outcome in kept { #expect(outcome.estimate.value == rewards.mean) }
    for outcome in doubled {
      #expect(outcome.estimate.value == terms.mean)
      #expect(outcome.estimate.standardError == terms.standardError)
    }
    for outcome in kept + doubled {
      #expect(outcome.matches == rewards.count)
      #expect(outcome.policy == policy)
    }
  }

  @Test func whatIsNeverKnownTeachesNothing() throws {
    let log = try syntheticLog(of: world, by: even, sessions: 3_000, seed: 62)
    let schedule = try ReplaySchedule(
      times: (0..<log.count).map { Double($0) / 100 },
      known: Array(repeating: nil, count: log.count))
    let dated = try ReplayMatching(seed: 5).replay(start, over: log, by: schedule)
    #expect(dated.outcome.policy == start)
    #expect(dated.course.periods.count == 30)
    #expect(dated.course.periods.allSatisfy { $0.learnt == 0 && $0.sessions == 100 })
    for period in dated.course.periods {
      for share in period.propensities { #expect(abs(share - 1.0 / 3) < 1e-12) }
    }
    #expect(abs(dated.outcome.acceptanceRate - 1.0 / 3) < 4 * (2.0 / 9 / 3_000).squareRoot())
  }

  // One arm, so that every session is kept. Sessions on days 0, 0, 1, 3, 3.5; weeks of two days.
  @Test func outcomesAreLearntInTheFirstBatchThatStartsAfterThem() throws {
    let log = try DecisionLog(
      arms: [0, 0, 0, 0, 0], rewards: [1, 0, 1, 0, 1], propensities: [1, 1, 1, 1, 1],
      cells: [0, 0, 0, 0, 0], armCount: 1, cellCount: 1)
    let times = [10.25, 10.75, 11, 13, 13.5]
    func course(_ known: [Double?], _ batches: ReplaySchedule.Batches) throws -> (
      learnt: [Int], start: [Double], posterior: BetaDistribution
    ) {
      let schedule = try ReplaySchedule(times: times, known: known, every: batches)
      let dated = try ReplayMatching(seed: 1, floors: .none)
        .replay(ThompsonSampling(armCount: 1), over: log, by: schedule)
      return (
        dated.course.periods.map(\.learnt), dated.course.periods.map(\.start),
        dated.outcome.policy.posteriors(in: Context())[0]
      )
    }
    // Days 10, 11 and 13: the first is known on the stroke of 11, the second a little later; the fourth
    // by the last session, the last never.
    let days = try course([11, 11.01, 12.5, 13.4, 13.6], .days(1))
    #expect(days.start == [10, 11, 13] && days.learnt == [0, 1, 2])
    #expect(days.posterior == BetaDistribution(alpha: 3, beta: 3))
    let pairs = try course([11, 11.01, 12.5, 13.4, nil], .days(2))
    #expect(pairs.start == [10, 12] && pairs.learnt == [0, 2])
    // The third is known after the batch began, by the last session.
    #expect(pairs.posterior == BetaDistribution(alpha: 3, beta: 3))
    let sessions = try course([10.25, 10.75, 11, nil, 13.5], .sessions(2))
    #expect(sessions.start == [10.25, 11, 13.5] && sessions.learnt == [0, 2, 1])
    #expect(sessions.posterior == BetaDistribution(alpha: 4, beta: 2))
  }

  @Test func instantsAreDays() throws {
    let day: Int64 = 86_400_000_000
    let schedule = try ReplaySchedule(
      instants: [17_336 * day, 17_336 * day + day / 2, 17_338 * day],
      known: [17_337 * day, nil, 17_400 * day])
    #expect(schedule.starts == [17_336, 17_338] && schedule.batches == [0, 0, 1])
    #expect(
      try schedule
        == ReplaySchedule(times: [17_336, 17_336.5, 17_338], known: [17_337, nil, 17_400]))
  }

  @Test func datesOutOfOrderAreRefusedByRow() {
    func error(_ times: [Double], _ known: [Double?]) -> OffPolicyError? {
      do {
        _ = try ReplaySchedule(times: times, known: known)
        return nil
      } catch { return error }
    }
    #expect(error([0, 2, 1], [3, 3, 3]) == .timeOutOfRange(row: 2))
    #expect(error([0, .nan], [3, 3]) == .timeOutOfRange(row: 1))
    #expect(error([.infinity], [nil]) == .timeOutOfRange(row: 0))
    #expect(error([0, 100_001], [nil, nil]) == .timeOutOfRange(row: 1))
    #expect(error([0, 1], [0, 0.5]) == .knownOutOfRange(row: 1))
    #expect(error([0], [.nan]) == .knownOutOfRange(row: 0))
    #expect(error([0], [.infinity]) == .knownOutOfRange(row: 0))
    #expect(error([], []) == .emptyLog)
  }

  // Life tables by hand. One arm, a window of three days; each midnight sees what the days before brought.
  @Test func openWindowsAreLifeTables() throws {
    let times = [0.1, 0.2, 0.3, 1.5, 2.5]
    let known: [Double?] = [1.7, 2.2, 3.9, 4.1, 5.5]
    let log = try DecisionLog(
      arms: [0, 0, 0, 0, 0], rewards: [0, 0, 1, 0, 1], propensities: [1, 1, 1, 1, 1],
      cells: [0, 0, 0, 0, 0], armCount: 1, cellCount: 1)
    let schedule = try ReplaySchedule(times: times, known: known, window: 3)
    let dated = try ReplayMatching(seed: 1, floors: .none)
      .replay(MaturingThompson(armCount: 1, window: 3), over: log, by: schedule)
    // The second loss, of day 2, is not over when the last batch starts, on the midnight of day 2.
    var table = LifeTable()
    table.add(duration: 1, events: 1)
    table.add(duration: 1, censored: 2)
    var policy = MaturingThompson(armCount: 1, window: 3)
    policy.learn(asOf: [table])
    #expect(dated.outcome.policy == policy)
    #expect(dated.course.periods.map(\.learnt) == [0, 0, 1])
  }

  @Test func theCourseAddsUp() throws {
    let log = try syntheticLog(of: world, by: uneven, sessions: 4_000, seed: 63)
    let times = (0..<log.count).map { Double($0) / 50 }
    let schedule = try ReplaySchedule(
      times: times, known: times.map { $0 + 2.5 }, every: .days(7))
    let dated = try RejectionReplay(seed: 8).replay(start, over: log, by: schedule)
    let periods = dated.course.periods
    #expect(periods.map(\.start) == (0..<12).map { Double($0) * 7 })
    #expect(periods.map(\.sessions) == Array(repeating: 350, count: 11) + [150])
    #expect(periods.reduce(0) { $0 + $1.kept } == dated.outcome.matches)
    let reward = periods.reduce(0) { $0 + $1.reward }
    #expect(periods.last?.cumulativeReward == reward)
    #expect(
      relativeError(reward / Double(dated.outcome.matches), dated.outcome.estimate.value) < 1e-13)
    for period in periods {
      #expect(abs(period.propensities.reduce(0, +) - 1) < 1e-12)
      #expect((0..<3).reduce(0) { $0 + (period.share(of: Arm($1)) ?? 0) }.rounded() == 1)
    }
    // The cells share the sessions kept.
    let cells = try (0..<2).map { try dated.course.adaptiveLog(cell: $0) }
    #expect(cells.reduce(0) { $0 + $1.count } == dated.outcome.matches)
    #expect(cells.allSatisfy { $0.propensities.cellCount == 12 })
    #expect(cells.reduce(0) { $0 + $1.rewards.reduce(0, +) } == reward)
    // What the policy learnt is what the cells hold of outcomes known by the last session.
    let posterior = dated.outcome.policy.posteriors(in: Context(cell: 1))
    let seen = posterior.reduce(0) { $0 + $1.alpha + $1.beta - 2 }
    #expect(seen > 0 && seen <= Double(cells[1].count))
  }
}

/// A trial replayed by its dates against live runs of the same policy in the same world.
@Suite struct DatedReplayTruthTests {
  static let hazards = Array(repeating: 0.2, count: 10)

  /// The mean reward and the share of the best arm in 40 days of ten sessions, by simulation.
  func live(_ policy: some Policy) async throws -> RegretCurve.Point {
    var world = RetentionWorld(try BernoulliWorld(rates: [0.3, 0.6]))
    world.timing = OutcomeTiming(hazards: Self.hazards, sessionsPerDay: 10)
    var simulation = Simulation(replications: 1_500, horizon: 400, seed: 70)
    simulation.batchSize = 10
    return await simulation.run(policy, in: world, threads: 2).points[0]
  }

  /// Logs of which a share `c` is kept, of `10/c` sessions a day.
  func logs(_ logging: [Double], _ count: Int, _ keep: (DatedLog, UInt64) throws -> Void) throws {
    let world = try BernoulliWorld(rates: [0.3, 0.6])
    let sessions = Int((10 / (logging.min() ?? 1)).rounded())
    for index in 0..<count {
      try keep(
        DatedLog(
          of: world, by: logging, hazards: Self.hazards, days: 40, sessionsPerDay: sessions,
          seed: 71, index: index), UInt64(index))
    }
  }

  func agree(_ found: Moments, _ mean: Double, _ error: Double) -> Bool {
    let joint = (found.standardError * found.standardError + error * error).squareRoot()
    return abs(found.mean - mean) < 4 * joint
  }

  // Losses come early and saves at the window's end: the delays that a policy is misled by.
  @Test func matchingHasTheValueOfALiveRun() async throws {
    let policy = ThompsonSampling(armCount: 2)
    let truth = try await live(policy)
    var (values, shares) = (Moments(), Moments())
    try logs([0.5, 0.5], 1_000) { dated, index in
      let replay = try ReplayMatching(seed: index, floors: .none)
        .replay(policy, over: dated.log, by: try dated.daily())
      values.add(replay.outcome.estimate.value)
      let best = replay.course.periods.reduce(0) { $0 + $1.shown[1] }
      shares.add(Double(best) / Double(replay.outcome.matches))
    }
    #expect(agree(values, truth.reward.mean / 400, truth.reward.standardError / 400))
    #expect(agree(shares, truth.optimalShare.mean, truth.optimalShare.standardError))
    // Learning at once would be another value: the test can tell the two.
    #expect(truth.optimalShare.mean < 0.9)
  }

  @Test func rejectionAndDoublyRobustReplayAgreeWithItToo() async throws {
    let policy = ThompsonSampling(armCount: 2, floor: 0.05)
    let truth = try await live(policy)
    let model = RewardModel(ActionTable(cellCount: 1, armCount: 2, values: [0.4, 0.5]))
    var (kept, robust) = (Moments(), Moments())
    try logs([0.75, 0.25], 400) { dated, index in
      let schedule = try dated.daily()
      kept.add(
        try RejectionReplay(seed: index, floors: .none)
          .replay(policy, over: dated.log, by: schedule).outcome.estimate.value)
      robust.add(
        try DoublyRobustReplay(model: model, seed: index, floors: .none)
          .replay(policy, over: dated.log, by: schedule).outcome.estimate.value)
    }
    let (mean, error) = (truth.reward.mean / 400, truth.reward.standardError / 400)
    #expect(agree(kept, mean, error))
    #expect(agree(robust, mean, error))
  }

  @Test func openWindowsTeachAsTheyDoLive() async throws {
    let policy = MaturingThompson(armCount: 2, window: 10)
    let truth = try await live(policy)
    var (values, shares) = (Moments(), Moments())
    try logs([0.5, 0.5], 600) { dated, index in
      let replay = try ReplayMatching(seed: index, floors: .none)
        .replay(policy, over: dated.log, by: try dated.daily(window: 10))
      values.add(replay.outcome.estimate.value)
      let best = replay.course.periods.reduce(0) { $0 + $1.shown[1] }
      shares.add(Double(best) / Double(replay.outcome.matches))
    }
    #expect(agree(values, truth.reward.mean / 400, truth.reward.standardError / 400))
    #expect(agree(shares, truth.optimalShare.mean, truth.optimalShare.standardError))
  }

  // The log that the bandit would have left, asked about its arms.
  @Test func whatWasKeptIsALogForAdaptiveInference() throws {
    let policy = ThompsonSampling(armCount: 2, floor: 0.05)
    var (weighted, held) = (Moments(), 0)
    try logs([0.5, 0.5], 400) { dated, index in
      let log = try ReplayMatching(seed: index, floors: .none)
        .replay(policy, over: dated.log, by: try dated.daily()).course.adaptiveLog()
      weighted.add(try AdaptiveAIPW(weights: .uniform).value(of: Arm(0), in: log).value)
      let contrast = try AdaptiveAIPW(weights: .constantAllocation)
        .contrast(of: Arm(1), minus: Arm(0), in: log)
      held += contrast.interval(level: 0.9).contains(0.3) ? 1 : 0
    }
    #expect(abs(weighted.mean - 0.3) < 4 * weighted.standardError)
    // Nominal 90 %; a starved arm costs a few points at four hundred sessions.
    #expect(held >= 336 && held <= 384)
  }
}
