internal import Probability

/// A learning policy on its way through a log, batch by batch.
///
/// Rows are taken in their order, each once, by ``match(_:)`` or ``reject(_:)``.
struct ReplayRun<Learner: Policy> {
  /// The share of the log that rejection keeps on average, `c`: the least propensity.
  let scale: Double
  let log: DecisionLog
  /// The probabilities of the policy as it is now.
  private(set) var laws: BatchLaws
  /// What happened, if it is recorded.
  private(set) var course: ReplayCourse

  private let records: Bool
  private let schedule: ReplaySchedule
  private let due: DueOutcomes
  private var learning: OutcomeLearning
  private var learner: Learner
  private var rng: Philox
  private var batch = -1
  /// The day of the latest life tables.
  private var taughtDay = -1
  private var isKept: [Bool]
  private var keptCount = 0

  init(
    _ policy: Learner, _ log: DecisionLog, _ schedule: ReplaySchedule, _ key: StreamKey,
    records: Bool = false
  ) {
    precondition(policy.armCount == log.armCount, "the policy has the arms of the log")
    precondition(schedule.count == log.count, "the schedule has the sessions of the log")
    scale = log.propensities.reduce(1, min)
    self.log = log
    self.schedule = schedule
    self.records = records
    learning = OutcomeLearning(policy, cellCount: log.cellCount, window: schedule.window)
    due = DueOutcomes(schedule, byDay: learning.readsTables)
    learner = policy
    rng = Philox(key)
    laws = BatchLaws(cellCount: log.cellCount, armCount: log.armCount)
    course = ReplayCourse(armCount: log.armCount)
    isKept = Array(repeating: false, count: log.count)
  }

  /// Takes the policy past a session, which it keeps if it draws the arm that was logged.
  mutating func match(_ row: Int) -> Bool {
    begin(row)
    let choice = learner.choose(in: context(row), using: &rng)
    return settle(row, kept: choice.index == Int(log.arms[row]))
  }

  /// Takes the policy past a session, which it keeps with the probability `c π(a | x)/p`.
  mutating func reject(_ row: Int) -> Bool {
    begin(row)
    let (cell, arm) = (Int(log.cells[row]), Int(log.arms[row]))
    laws.learn(of: learner, cell: cell)
    let probability = scale * laws[cell, arm] / log.propensities[row]
    return settle(row, kept: rng.uniform() < probability)
  }

  /// What came of it, after the last row.
  mutating func outcome(_ estimate: PolicyEstimate) -> ReplayOutcome<Learner> {
    learn(dueIn: schedule.starts.count, at: schedule.times[log.count - 1])
    course.finish()
    return ReplayOutcome(
      estimate: estimate, matches: keptCount,
      acceptanceRate: Double(keptCount) / Double(log.count), policy: learner)
  }

  private func context(_ row: Int) -> Context { Context(cell: Int(log.cells[row])) }

  /// Starts the batch of a row, if it is a new one.
  private mutating func begin(_ row: Int) {
    guard batch < schedule.batches[row] else { return }
    batch += 1
    let learnt = learn(dueIn: batch, at: schedule.starts[batch])
    laws.forget()
    if records { course.begin(at: schedule.starts[batch], learnt: learnt) }
  }

  /// Learns the outcomes that are due as a batch starts.
  ///
  /// - Returns: Their number.
  @discardableResult
  private mutating func learn(dueIn batch: Int, at time: Double) -> Int {
    var learnt = 0
    for row in due.rows(of: batch) where isKept[Int(row)] {
      // Only life tables ask for the day; an outcome known at once has one of no meaning.
      let day = learning.readsTables ? schedule.day(schedule.known[Int(row)]) : 0
      learning.learn(outcome(Int(row)), on: day, into: &learner)
      learnt += 1
    }
    let yesterday = schedule.day(time) - 1
    if learning.readsTables, yesterday > taughtDay {
      learning.teach(&learner, on: yesterday)
      taughtDay = yesterday
    }
    return learnt
  }

  private func outcome(_ row: Int) -> Outcome {
    Outcome(
      arm: Arm(Int(log.arms[row])), context: context(row), reward: log.rewards[row],
      day: learning.readsTables ? schedule.day(schedule.times[row]) : 0)
  }

  private mutating func settle(_ row: Int, kept: Bool) -> Bool {
    if kept {
      isKept[row] = true
      keptCount += 1
      if learning.readsTables { learning.open(outcome(row)) }
    }
    if records {
      let cell = log.cells[row]
      laws.learn(of: learner, cell: Int(cell))
      let law = laws.number(cell: Int(cell)) { course.add(law: $0, cell: cell) }
      course.add(law: law, arm: log.arms[row], reward: log.rewards[row], kept: kept)
    }
    return kept
  }
}

/// The probabilities of a policy in a batch, worked out for the cells that come.
struct BatchLaws {
  private let armCount: Int
  private var values: [Double]
  /// The number of the batch in which the row of a cell was worked out.
  private var batches: [Int]
  /// The number that a record gave the row of a cell, and −1 before.
  private var numbers: [Int32]
  private var batch = 0

  init(cellCount: Int, armCount: Int) {
    self.armCount = armCount
    values = Array(repeating: 0, count: cellCount * armCount)
    batches = Array(repeating: -1, count: cellCount)
    numbers = batches.map { Int32($0) }
  }

  /// Begins a batch, for which nothing is worked out yet.
  mutating func forget() { batch += 1 }

  /// Works out the row of a cell, unless it is.
  mutating func learn(of policy: some Policy, cell: Int) {
    guard batches[cell] < batch else { return }
    batches[cell] = batch
    numbers[cell] = -1
    let row = policy.propensities(in: Context(cell: cell))
    for arm in 0..<armCount { values[cell * armCount + arm] = row[arm] }
  }

  /// The probability of an arm in a cell that is worked out.
  subscript(cell: Int, arm: Int) -> Double { values[cell * armCount + arm] }

  /// The number of the row of a cell, which a record gives it when it is first asked for.
  mutating func number(cell: Int, _ record: (ArraySlice<Double>) -> Int32) -> Int32 {
    if numbers[cell] < 0 {
      numbers[cell] = record(values[cell * armCount..<(cell + 1) * armCount])
    }
    return numbers[cell]
  }
}
