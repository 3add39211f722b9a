internal import Segments

/// The sessions among which differences are looked for, and what may be said of them.
struct SegmentSample: Sendable {
  let log: EncodedLog
  let plan: RunPlan
  /// The rows of the log: the randomised sessions that count.
  let rows: [Int]
  /// What a session is worth, by name.
  let metric: String
  /// The sessions, column by column.
  let data: SegmentData
  /// How their arms were chosen.
  let assignment: ArmAssignment
  /// The arms that have a session, but for the baseline.
  let arms: [Int]
  /// Whether some customer has several sessions.
  let customersRepeat: Bool

  /// Takes the sessions with the plan's metric.
  ///
  /// - Throws: ``SegmentRefusal`` where there is nothing to search.
  init(_ log: EncodedLog, plan: RunPlan) throws(SegmentRefusal) {
    try self.init(
      log, plan: plan, rows: log.rows(experimentOnly: true), metric: plan.metric.rawValue
    ) { log.rewards[$0] ?? 0 }
  }

  /// Takes the sessions that have a margin, by their margins.
  ///
  /// - Throws: ``SegmentRefusal`` where there is no revenue, or nothing to search.
  init(margins months: Double, of log: EncodedLog, plan: RunPlan) throws(SegmentRefusal) {
    let margin: NetMargin
    do throws(RunError) {
      margin = try NetMargin(
        log, plan: plan, months: months, key: "segments.policy.netMargin")
    } catch {
      throw SegmentRefusal("\(error)")
    }
    let rows = margin.known(log.rows(experimentOnly: true))
    try self.init(log, plan: plan, rows: rows, metric: margin.label) { margin($0) }
  }

  private init(
    _ log: EncodedLog, plan: RunPlan, rows: [Int], metric: String, _ worth: (Int) -> Double
  ) throws(SegmentRefusal) {
    self.log = log
    self.plan = plan
    self.rows = rows
    self.metric = metric
    guard !log.covariates.isEmpty else {
      throw SegmentRefusal("no column may define a segment: the mapping has no covariates")
    }
    let covariates = log.covariates.map { [rows] in $0.covariate(rows) }
    do throws(SegmentError) {
      data = try SegmentData(
        arms: rows.map { log.arms.codes[$0] }, armNames: log.arms.levels,
        rewards: rows.map(worth),
        covariates: covariates, units: rows.map { log.units[$0] })
    } catch {
      throw SegmentRefusal(error)
    }
    let shown = Set(data.arms)
    guard !rows.isEmpty else { throw SegmentRefusal("no session counts") }
    guard shown.contains(0) else {
      throw SegmentRefusal(.noBaseline(arm: log.arms.levels.first ?? ""))
    }
    customersRepeat = Set(data.units).count < rows.count
    arms = data.armNames.indices.dropFirst().filter { shown.contains(Int32($0)) }
    guard shown.count > 1 else { throw SegmentRefusal(.tooFewArms(shown.count)) }
    assignment = ArmAssignment(log, rows: rows, covariates, plan: plan)
  }

  /// Why plain differences between arms are not effects, where they are not.
  var warning: String? { assignment.warning }

  /// The name of the baseline.
  var baseline: String { data.armNames[0] }

  /// What a policy's value is of, as rows of policies name it.
  var quantity: String { metric == plan.metric.rawValue ? "mean" : metric }

  /// The words for every session of the sample.
  var everybody: String { "every session that counts (\(rows.count))" }
}

extension EncodedCovariate {
  /// The covariate on some rows, as the search reads it.
  func covariate(_ rows: [Int]) -> Covariate {
    switch self {
    case .category(let column):
      Covariate(
        name: column.name,
        column: .category(codes: rows.map { column.codes[$0] }, levels: column.levels))
    case .number(let name, let values):
      Covariate(
        name: name,
        column: .number(
          values: rows.map { values[$0] ?? 0 }, isPresent: rows.map { values[$0] != nil }))
    }
  }
}
