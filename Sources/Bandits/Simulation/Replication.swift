internal import Probability

/// One run of one policy through one world, session by session.
///
/// Customers and policy draw from streams of their own, so two policies with the same seed meet the same
/// customers.
struct Replication<P: Policy> {
  /// What a replication has summed up at a time.
  struct Progress: Sendable {
    var time = 0
    var regret = 0.0
    var reward = 0.0
    var spend = 0.0
    var optimalChoices = 0
    /// What the arms recommended now would lose a session, and the share of sessions they are best in.
    var simpleRegret = 0.0
    var correctShare = 0.0

    init() {}
  }

  /// The policy, as it has learnt so far.
  private(set) var policy: P
  private let world: RetentionWorld
  private let batchSize: Int
  private let delay: Int
  private var customers: Philox
  private var choices: Philox
  private var queue = OutcomeQueue()
  private var calendar: OutcomeCalendar?
  /// The sessions by the day on which their window closes, however they end.
  private var windows: OutcomeCalendar?
  /// How the policy learns what the calendar hands over.
  private var learning: OutcomeLearning
  /// What is known without a lean: where outcomes take days, of the sessions whose window has closed.
  private(set) var tallies: LearntTallies
  /// What has been summed up, without what a recommendation now is worth.
  private(set) var progress = Progress()

  init(_ policy: P, in world: RetentionWorld, _ plan: Simulation, index: UInt64) {
    self.policy = policy
    self.world = world
    batchSize = plan.batchSize
    delay = plan.delay
    customers = Philox(StreamKey(seed: plan.seed, purpose: .world, index: index))
    choices = Philox(StreamKey(seed: plan.seed, purpose: .policy, index: index))
    calendar = world.timing.map { OutcomeCalendar($0) }
    windows = world.timing.map { timing in
      OutcomeCalendar(
        OutcomeTiming(days: timing.window, sessionsPerDay: timing.sessionsPerDay))
    }
    learning = OutcomeLearning(
      policy, cellCount: world.cellCount, window: world.timing?.window)
    tallies = LearntTallies(cellCount: world.cellCount, armCount: world.armCount)
  }

  /// Runs through one session.
  @inline(__always)
  @discardableResult
  mutating func step() -> Outcome {
    progress.time += 1
    let time = progress.time
    // 1. A customer comes, the policy chooses, the budget allows, the world answers.
    let context = world.start.arrival(using: &customers)
    let wanted = policy.choose(in: context, using: &choices)
    let arm = world.affordable(wanted, spent: progress.spend)
    let rate = world.rate(of: arm, in: context, at: time)
    let reward: Double = customers.uniform() < rate ? 1 : 0
    // 2. What the choice was worth, by the truth.
    let best = world.rate(of: world.bestArm(in: context, at: time), in: context, at: time)
    progress.regret += best - rate
    progress.reward += reward
    progress.optimalChoices += rate == best ? 1 : 0
    if let costs = world.costs { progress.spend += costs.cost(of: arm, reward: reward) }
    // 3. The policy learns.
    let outcome = Outcome(arm: arm, context: context, reward: reward)
    settle(outcome, at: time)
    return outcome
  }

  /// Lets the policy learn an outcome at once, or at the end of a batch those that are old enough.
  @inline(__always)
  private mutating func settle(_ outcome: Outcome, at time: Int) {
    if calendar != nil {
      settleByDay(outcome, at: time)
    } else if batchSize == 1, delay == 0 {
      policy.learn(outcome.arm, reward: outcome.reward, in: outcome.context)
      tallies.add(outcome)
    } else {
      queue.add(outcome)
      guard time % batchSize == 0 else { return }
      queue.learn(allBut: delay) { outcome in
        policy.learn(outcome.arm, reward: outcome.reward, in: outcome.context)
        tallies.add(outcome)
      }
    }
  }

  /// Puts an outcome down for the day on which it is known and, at the end of a batch, learns what is.
  ///
  /// Losses are known before saves, so that a count of what is known would lean against the arms shown
  /// lately: a loss is counted with the saves of its day.
  private mutating func settleByDay(_ outcome: Outcome, at time: Int) {
    guard var calendar, var windows else { return }
    // The only references: what follows does not copy.
    (self.calendar, self.windows) = (nil, nil)
    defer { (self.calendar, self.windows) = (calendar, windows) }
    let today = calendar.day(at: time)
    var outcome = outcome
    outcome.day = today
    calendar.add(outcome, uniform: customers.uniform())
    windows.add(outcome, uniform: 0)
    learning.open(outcome)
    guard time % batchSize == 0 else { return }
    let isNewDay = calendar.learn(upTo: today) { outcome, day in
      learning.learn(outcome, on: day, into: &policy)
    }
    _ = windows.learn(upTo: today) { outcome, _ in tallies.add(outcome) }
    if isNewDay { learning.teach(&policy, on: today) }
  }

  /// The progress, with what a recommendation now is worth.
  var judgedProgress: Progress {
    var judged = progress
    for cell in 0..<world.cellCount {
      let context = Context(cell: cell)
      let found = world.rate(of: tallies.recommendation(in: cell), in: context, at: progress.time)
      let best = world.rate(
        of: world.bestArm(in: context, at: progress.time), in: context, at: progress.time)
      judged.simpleRegret += world.start.shares[cell] * (best - found)
      judged.correctShare += found == best ? world.start.shares[cell] : 0
    }
    return judged
  }

  /// Runs to the horizon and keeps the progress at each checkpoint.
  static func run(
    _ policy: P, in world: RetentionWorld, _ plan: Simulation, index: UInt64
  ) -> [Progress] {
    var replication = Replication(policy, in: world, plan, index: index)
    return plan.checkpoints.map { checkpoint in
      while replication.progress.time < checkpoint { replication.step() }
      return replication.judgedProgress
    }
  }
}
