internal import Inference
internal import Probability

/// How often the rows of lift reject on a log whose arms were dealt out anew, so that no arm differs.
///
/// The same analysis runs on the same sessions, tests, adjustment and all; only the labels change. Were
/// sessions of one customer shown one arm each time, customers are dealt out and not sessions, lest the
/// likeness of a customer's sessions get lost.
///
/// Reference: Kohavi, Tang and Xu (2020), *Trustworthy Online Controlled Experiments*, chapter 19.
struct RelabelledRuns {
  private let log: EncodedLog
  private let plan: RunPlan
  /// The arms of the units, and the unit of each session of the experiment; −1 of the others.
  private let deal: [Int32]
  private let units: [Int32]
  /// What is dealt out, in words.
  let unitName: String
  private let customersRepeat: Bool

  init(_ log: EncodedLog, plan: RunPlan) {
    self.log = log
    self.plan = plan
    let inside = (0..<log.rowCount).filter { log.isExperiment[$0] }
    var armOfCustomer: [Int32: Int32] = [:]
    let keepsArm = inside.allSatisfy { row in
      let arm = log.arms.codes[row]
      let first = armOfCustomer[log.customers[row]] ?? arm
      armOfCustomer[log.customers[row]] = first
      return first == arm
    }
    // In the order of the sessions, which does not depend on the order in the file.
    var units = Array(repeating: Int32(-1), count: log.rowCount)
    var deal: [Int32] = []
    var unitOfCustomer: [Int32: Int32] = [:]
    for row in inside {
      if keepsArm, let unit = unitOfCustomer[log.customers[row]] {
        units[row] = unit
        continue
      }
      units[row] = Int32(deal.count)
      unitOfCustomer[log.customers[row]] = Int32(deal.count)
      deal.append(log.arms.codes[row])
    }
    self.units = units
    self.deal = deal
    customersRepeat = armOfCustomer.count < inside.count
    unitName = keepsArm && customersRepeat ? "customers" : "sessions"
  }

  /// The plan without what has no p-value, or takes an integral for each arm or thousands of shuffles
  /// for one: the studentised maximum of many deals would cost minutes.
  private var cheap: RunPlan {
    var plan = plan
    (plan.lift.bayesian, plan.lift.bootstrap) = (nil, nil)
    plan.lift.simultaneous = .none
    plan.lift.givesIntervals = false
    return plan
  }

  /// The number of deals that the plan asks for, or that this log has time for.
  var count: Int {
    // A regression robust to clusters costs many times a test of two shares.
    let most = customersRepeat && plan.lift.clusters != .sessions ? 100 : 400
    return plan.proof.permutations ?? min(most, max(100, 10_000_000 / max(1, deal.count)))
  }

  /// Deals out the arms and analyses each deal.
  ///
  /// - Parameter rows: The rows of the log as it was.
  /// - Returns: For each row, how many deals it rejects by its own p-value and by any p-value of its
  ///   family after the adjustment, and how many it answers.
  func rejections(of rows: [LiftRow]) async -> [Rejections] {
    let keys = LiftRowKey.keys(of: rows)
    let families = keys.map(\.family)
    let alpha = 1 - plan.level
    let results = await Ordered.map(Array(0..<count), threads: plan.threads) { index in
      let found = LiftRowKey.matching(keys, analysis(UInt64(index)), byAnyMethod: false)
      let adjusted = found.map { $0?.adjustedPValue }
      let rejecting = Set(zip(families, adjusted).filter { ($1 ?? 1) < alpha }.map(\.0))
      return zip(found, families).map { row, family in
        Rejections(
          own: (row?.pValue ?? 1) < alpha ? 1 : 0, family: rejecting.contains(family) ? 1 : 0,
          answered: row?.pValue == nil ? 0 : 1)
      }
    }
    return rows.indices.map { row in
      results.reduce(into: Rejections()) { $0.add($1[row]) }
    }
  }

  /// The rows of one deal; none if it cannot be analysed.
  private func analysis(_ index: UInt64) -> [LiftRow] {
    var stream = Philox(StreamKey(seed: plan.seed, purpose: .relabelling).child(index))
    var deal = deal
    for last in stride(from: deal.count - 1, to: 0, by: -1) {
      deal.swapAt(last, stream.index(below: last + 1))
    }
    var codes = log.arms.codes
    for row in codes.indices where units[row] >= 0 { codes[row] = deal[Int(units[row])] }
    let arms = log.arms.recoded(codes)
    return (try? LiftAnalysis(log, plan: cheap, arms: arms))?.run() ?? []
  }
}

/// In how many deals a row rejected.
struct Rejections: Sendable {
  var own = 0
  var family = 0
  var answered = 0

  mutating func add(_ other: Rejections) {
    own += other.own
    family += other.family
    answered += other.answered
  }
}
