internal import Inference

/// What is known of one arm, for whichever question is asked. What few questions need is counted when
/// one asks for it.
struct ArmEvidence: Sendable {
  /// The metric of the sessions that count.
  let summary: ArmSummary
  /// The metric of each of them, in replay order.
  let values: [Double]
  /// Their rows in the log.
  let rows: [Int]
  /// The watch of every session, those with an open window among them; empty without dates.
  let lifeTable: LifeTable
  /// The rows of the sessions that were watched.
  let watched: [Int]
  /// The log; nil where there are counts alone.
  let log: EncodedLog?

  init(
    summary: ArmSummary, values: [Double] = [], rows: [Int] = [], watched: [Int] = [],
    log: EncodedLog? = nil
  ) {
    self.summary = summary
    self.values = values
    self.rows = rows
    self.watched = watched
    self.log = log
    lifeTable = log.map { LifeTable(of: watched, in: $0) } ?? LifeTable()
  }

  /// The columns that the plan names.
  var columns: LiftColumns { log?.lift ?? LiftColumns() }
}

/// All that is known of the arms when a question is asked.
struct LiftEvidence: Sendable {
  /// What is compared.
  let metric: String
  /// The names of the arms.
  let names: [String]
  /// The arms, the baseline first.
  let arms: [ArmEvidence]
  /// What the plan says of lift.
  let plan: RunPlan
  /// The share of sessions that each arm was meant to get.
  let shares: [Double]
  /// Whether a customer has more than one of the sessions that count.
  let customersRepeat: Bool

  init(
    metric: String, names: [String], arms: [ArmEvidence], plan: RunPlan, shares: [Double]
  ) {
    self.metric = metric
    self.names = names
    self.arms = arms
    self.plan = plan
    self.shares = shares
    var seen: Set<Int32> = []
    customersRepeat = arms.contains { arm in
      let customers = arm.log?.customers ?? []
      return arm.rows.contains { !seen.insert(customers[$0]).inserted }
    }
  }

  /// Whether the metric is 0 or 1 in every arm.
  var isBinary: Bool { arms.allSatisfy(\.summary.isBinary) }

  /// The places of the arms that are compared with the baseline.
  var offers: Range<Int> { min(1, arms.count)..<arms.count }

  /// The sessions that an arm and the baseline were planned to have together, if the plan says.
  func plannedSessions(with arm: Int) -> Double? {
    let whole = shares.reduce(0, +)
    guard let planned = plan.lift.plannedSessions, whole > 0 else { return nil }
    let share = (shares[arm] + shares[0]) / whole
    return share > 0 ? Double(planned) * share : nil
  }

  /// What a test of an arm may ask of the plan.
  func context(of arm: Int) -> LiftContext {
    LiftContext(plan: plan.lift, plannedSessions: plannedSessions(with: arm))
  }

  /// A reason in words, the arms called by their names.
  func sentence(_ error: InferenceError) -> String {
    error.sentence { names.indices.contains($0) ? names[$0] : "an arm" }
  }
}

/// What a test of two arms may ask of the plan.
struct LiftContext: Sendable {
  var plan = RunPlan.LiftPlan()
  /// The sessions that the two arms were planned to have together.
  var plannedSessions: Double?
}
