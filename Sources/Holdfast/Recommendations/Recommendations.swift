internal import Inference
internal import Segments
internal import Sessions

/// What to show each customer of a log: a row a customer, in the byte order of their keys, from what is
/// known at the latest session.
///
/// Rows are made when asked for, so that millions of customers cost no memory beyond the log's.
public struct Recommendations: RandomAccessCollection, Sendable {
  private let log: EncodedLog
  private let plan: RunPlan
  /// What chooses the offers, and what that is worth.
  private let policy: (name: String, metric: String, value: Estimate)
  /// What is chosen in each segment; empty if refused.
  private let choices: [OfferChoice]
  private let refusal: String?
  /// The row of the latest session of each customer, in the order of the collection.
  private let latest: [Int32]
  /// The segment of each customer, in the same order.
  private let segments: [Int32]

  /// - Parameters:
  ///   - log: The log.
  ///   - plan: The plan.
  ///   - policy: The optimal shallow policy, or why there is none.
  init(
    _ log: EncodedLog, plan: RunPlan, policy: Result<ShallowPolicy, SegmentRefusal>
  ) async {
    self.log = log
    self.plan = plan
    latest = Self.latestSessions(log)
    do throws(SegmentRefusal) {
      let chosen = try await Self.chosen(log, plan: plan, policy, latest.map(Int.init))
      (choices, segments, self.policy) = (chosen.choices, chosen.segments, chosen.policy)
      refusal = nil
    } catch {
      (choices, refusal) = ([], error.sentence)
      segments = latest.map { _ in 0 }
      self.policy = ("none", plan.metric.rawValue, Estimate(refusal: error.sentence))
    }
  }

  /// What is shown in each segment, the segment of each of some rows, and who says so.
  private typealias Chosen = (
    choices: [OfferChoice], segments: [Int32],
    policy: (name: String, metric: String, value: Estimate)
  )

  private static func chosen(
    _ log: EncodedLog, plan: RunPlan, _ policy: Result<ShallowPolicy, SegmentRefusal>,
    _ rows: [Int]
  ) async throws(SegmentRefusal) -> Chosen {
    if plan.recommendsByTree(log) {
      let policy = try policy.get()
      return (
        OfferChoice.leaves(of: policy), try policy.leaves(of: log, rows: rows),
        (policy.name, policy.metric, policy.value)
      )
    }
    let name = "best by \(log.cells.name)"
    return (
      try await cellChoices(log, plan: plan), rows.map { log.cells.codes[$0] },
      (name, plan.metric.rawValue, Estimate(refusal: "see '\(name)' among the policies"))
    )
  }

  /// The best arm of each cell.
  private static func cellChoices(
    _ log: EncodedLog, plan: RunPlan
  ) async throws(SegmentRefusal) -> [OfferChoice] {
    let rows = log.rows(experimentOnly: true)
    guard rows.allSatisfy({ log.rewards[$0] == 0 || log.rewards[$0] == 1 }) else {
      throw SegmentRefusal("the metric is not 0 or 1, so that it has no saved rate")
    }
    // Within a cell the logged probabilities may vary only by arm, so `varies` is no objection here
    // as long as cells hold what they depend on; an unknown choice of arms is.
    if case .unknown = Randomisation(log, rows: rows, plan: plan) {
      throw SegmentRefusal(
        "not known to be randomised: log the propensities, or name the experiment in the plan")
    }
    let tallies = ArmCellTallies(log, rows: rows)
    let armNames = log.arms.levels
    return await Ordered.map(Array(log.cells.levels.indices), threads: plan.threads) {
      OfferChoice(cell: $0, tallies: tallies, armNames: armNames, plan: plan)
    }
  }

  /// The number of customers to whom an offer is recommended.
  public var recommendedCount: Int {
    choices.isEmpty ? 0 : segments.count { choices[Int($0)].arm != nil }
  }

  /// What chooses the offers.
  public var policyName: String { policy.name }

  /// What is recommended in each segment: the summary of all rows.
  public var offers: [OfferRow] {
    var counts = Array(repeating: 0, count: choices.count)
    if !choices.isEmpty { for segment in segments { counts[Int(segment)] += 1 } }
    return choices.indices.map {
      OfferRow(choices[$0], customers: counts[$0], arms: log.arms.levels)
    }
  }

  /// Why nothing is recommended, if so.
  public var refusalSentence: String? { refusal }

  public var startIndex: Int { 0 }

  public var endIndex: Int { latest.count }

  public subscript(position: Int) -> Recommendation {
    let row = Int(latest[position])
    var result = Recommendation(
      customer: log.customerKeys[Int(log.customers[row])], policy: policy.name, segment: "",
      metric: policy.metric, expected: .notAsked,
      revenue: .notAsked, currency: plan.schema.mrr?.currency,
      policyValue: policy.value, level: plan.level, reason: refusal ?? "")
    guard refusal == nil else { return result }
    let choice = choices[Int(segments[position])]
    result.segment = choice.segment
    result.reason = choice.reason
    result.offer = choice.arm.map { log.arms.levels[$0] }
    result.leader = choice.leader.map { log.arms.levels[$0] }
    result.probabilityBest = choice.probabilityBest
    guard let expected = choice.expected else { return result }
    result.expected = expected
    if policy.metric == RunPlan.Metric.saved.rawValue, let rate = expected.value,
      let interval = expected.interval,
      let mrr = log.mrr[row]
    {
      // A negative amount, as of a credit, turns the ends round.
      let ends = [interval.lower * mrr, interval.upper * mrr].sorted()
      result.revenue = Estimate(rate * mrr, interval: Interval(lower: ends[0], upper: ends[1]))
    }
    return result
  }

  /// Rows stand in replay order, so that the last row of a customer is the latest session.
  private static func latestSessions(_ log: EncodedLog) -> [Int32] {
    var latest = Array(repeating: Int32(-1), count: log.customerKeys.count)
    for row in 0..<log.rowCount { latest[Int(log.customers[row])] = Int32(row) }
    return latest.indices.filter { latest[$0] >= 0 }.sorted {
      log.customerKeys[$0].utf8.lexicographicallyPrecedes(log.customerKeys[$1].utf8)
    }.map { latest[$0] }
  }
}

extension RunPlan {
  /// Whether offers come from the optimal shallow policy rather than from cells.
  fileprivate func recommendsByTree(_ log: EncodedLog) -> Bool {
    switch recommend.by {
    case .tree: true
    case .cells: false
    case nil: segments.policy.depth > 0 && !log.covariates.isEmpty
    }
  }
}
