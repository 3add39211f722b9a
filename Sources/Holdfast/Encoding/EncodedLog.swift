internal import Sessions

/// A log of sessions as the analyses see it: codes and numbers side by side, in replay order.
///
/// Rows stand in the order of (time, hash of the session's key), or in file order where the log
/// has no times; arms and cells are numbered by name. So the order of the rows in the file has no
/// part in any result.
struct EncodedLog: Sendable {
  /// The arms, the baseline first, the others by name.
  var arms: CategoryCodes
  /// The cell of each session: the joint level of the plan's contexts.
  let cells: CategoryCodes
  /// The columns that make the cells.
  let contexts: [CategoryCodes]
  /// The metric of each session; nil where the session does not count (yet).
  var rewards: [Double?]
  /// How long each session was watched for a loss; nil where the metric is not `saved`.
  var watches: [Watch?]?
  /// The logged probability of each action; nil if the log has none.
  let propensities: [Double]?
  /// Where the propensities come from, in words.
  let logging: String
  /// Whether each session belongs to the randomised part of the log.
  let isExperiment: [Bool]
  /// A stable hash of each session's customer: splits are made by customer.
  let units: [UInt64]
  /// The number of each session's customer.
  let customers: [Int32]
  /// The customers' keys, by number.
  let customerKeys: [String]
  /// The instant of each session, in microseconds since 1970 UTC.
  let times: [Int64]?
  /// The monthly recurring revenue at stake.
  let mrr: [Double?]
  /// What the offer shown costs.
  let offerCosts: [Double?]
  /// The columns that may define a segment.
  let covariates: [EncodedCovariate]
  /// The columns that the plan's regressions name, but for the arm.
  let modelColumns: [EncodedCovariate]
  /// The columns that only lift's questions name.
  var lift = LiftColumns()
  /// The columns that only the questions about policies name.
  var offPolicy = OffPolicyColumns()
  /// The columns of pages with several slots.
  var slates: SlateColumns?
  /// The columns whose levels the diagnostics look at one by one.
  let dimensions: [CategoryCodes]
  /// How many sessions are in each state as of the date.
  var states: StateCounts
  /// The instant that states are as of; nil where no time plays a part.
  let asOf: Int64?
  /// The row of the table that each session is.
  let tableRows: [Int]

  /// The number of sessions.
  var rowCount: Int { rewards.count }

  /// The level of each cell in each of the columns that make the cells; −1 where it is missing.
  var cellLevels: [[Int32]] {
    var levels = contexts.map { _ in Array(repeating: Int32(-1), count: cells.levels.count) }
    for row in 0..<rowCount {
      for (column, context) in contexts.enumerated() {
        levels[column][Int(cells.codes[row])] = context.codes[row]
      }
    }
    return levels
  }

  /// The sessions that count, all of them or the randomised ones, in replay order.
  func rows(experimentOnly: Bool) -> [Int] {
    (0..<rowCount).filter { rewards[$0] != nil && (!experimentOnly || isExperiment[$0]) }
  }
}

extension EncodedLog {
  /// The log with the metric of another plan, over another window say.
  func measured(_ table: SessionTable, plan: RunPlan) throws(RunError) -> EncodedLog {
    let outcomes = try MetricColumn(table, plan: plan)
    var log = self
    log.rewards = tableRows.map { outcomes.rewards[$0] }
    log.watches = outcomes.watches.isEmpty ? nil : tableRows.map { outcomes.watches[$0] }
    log.states = outcomes.states
    return log
  }
}

/// A column that may define a segment.
enum EncodedCovariate: Sendable {
  case category(CategoryCodes)
  case number(name: String, values: [Double?])
}

/// The number of sessions in each state as of a date.
struct StateCounts: Hashable, Sendable {
  var canceled = 0
  var watchlist = 0
  var lost = 0
  var saved = 0
  var invalid = 0
  var unknown = 0
  /// The sessions whose window was still open: they count for nothing yet, however they stand.
  var immature = 0
}
