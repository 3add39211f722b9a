internal import Bandits
internal import Probability

/// Values policies of pages, which fill several slots, from a log of pages.
///
/// Pages with a missing arm, reward or chance are left out, and counted. What is learned is learned on one
/// half of the customers and valued on the other.
struct SlateAnalysis {
  private let log: EncodedLog
  private let plan: RunPlan
  private let slates: SlatePlan
  private let columns: SlateColumns
  /// The rows of the log that are whole pages.
  private let pages: [Int]
  /// The sessions that count but are no whole page.
  private let incomplete: Int

  /// Nil where the plan names no slots.
  init?(_ log: EncodedLog, plan: RunPlan) {
    guard let slates = plan.slates, let columns = log.slates else { return nil }
    (self.log, self.plan, self.slates, self.columns) = (log, plan, slates, columns)
    let rows = log.rows(experimentOnly: false)
    let width = slates.slots.count
    pages = rows.filter { row in
      let slots = row * width..<(row + 1) * width
      return slots.allSatisfy { columns.codes[$0] >= 0 }
        && (columns.joint.isEmpty || columns.joint[row] != nil)
        && [columns.rewards, columns.cascade, columns.marginal].allSatisfy { column in
          column.isEmpty || slots.allSatisfy { column[$0] != nil }
        }
    }
    incomplete = rows.count - pages.count
  }

  /// One row for each policy and estimator.
  func run() -> [PolicyRow] {
    let key = StreamKey(seed: plan.seed, purpose: .halves)
    let isLearning = pages.map { row in
      var rng = Philox(key.child(log.units[row]))
      return rng.next() >> 63 == 0
    }
    let learning = zip(pages, isLearning).filter(\.1).map(\.0)
    let valuing = zip(pages, isLearning).filter { !$0.1 }.map(\.0)
    return slates.policies.flatMap { policy in
      do throws(OffPolicyError) {
        switch policy {
        case .uniform: return rows(of: try uniform(), "uniform pages", on: pages)
        case .thompson:
          return rows(of: try thompson(learning), "Thompson pages", on: valuing)
        case .plackettLuce(let name, let weights):
          return rows(of: try plackettLuce(weights), name, on: pages)
        }
      } catch {
        return [row("pages", "none", pages, refusal: Refusal.sentence(error))]
      }
    }
  }

  private func rows(of target: some SlatePolicy, _ policy: String, on rows: [Int]) -> [PolicyRow] {
    let floors = EstimatorSuite.floors(plan)
    do throws(OffPolicyError) {
      let pages = try slateLog(rows)
      let models = try CascadeRewardModel(seed: plan.seed).crossFit(pages, for: target)
      let logging = try uniform()
      return SlateEstimatorCatalogue.entries.filter { slates.estimators.contains($0.name) }
        .map { entry in
          guard entry.assumption != nil || slates.propensities == .uniform else {
            return row(
              policy, entry.name, rows,
              refusal: "the pseudo-inverse needs the law of all pages: 'propensities: uniform'")
          }
          let estimator = entry.make(models, logging, floors)
          do throws(OffPolicyError) {
            var answered = row(policy, estimator.name, rows, refusal: "")
            let estimate = try estimator.estimate(target, on: pages)
            answered.intervalMethod = "normal"
            answered.estimate = Estimate(
              estimate.value, standardError: estimate.standardError,
              interval: estimate.interval(level: plan.level))
            answered.effectiveSampleSize = estimate.effectiveSampleSize
            answered.meanWeight = estimate.meanWeight
            answered.maximumWeight = estimate.maximumWeight
            answered.warnings = [entry.words]
            return answered
          } catch {
            return row(policy, estimator.name, rows, refusal: Refusal.sentence(error))
          }
        }
    } catch {
      return [row(policy, "none", rows, refusal: Refusal.sentence(error))]
    }
  }

  private func slateLog(_ rows: [Int]) throws(OffPolicyError) -> SlateLog {
    let width = slates.slots.count
    func slots<Value>(_ column: [Value]) -> [Value] {
      column.isEmpty ? [] : rows.flatMap { column[$0 * width..<($0 + 1) * width] }
    }
    let arms = slots(columns.codes)
    let cells = rows.map { log.cells.codes[$0] }
    let rewards =
      columns.rewards.isEmpty
      // The reward of a page stands in its last slot.
      ? rows.flatMap { Array(repeating: 0.0, count: width - 1) + [log.rewards[$0] ?? 0] }
      : slots(columns.rewards).compactMap(\.self)
    let propensities =
      slates.propensities == .uniform
      ? SlatePropensities(of: try uniform(), arms: arms, cells: cells)
      : SlatePropensities(
        joint: columns.joint.isEmpty ? [] : rows.compactMap { columns.joint[$0] },
        cascade: slots(columns.cascade).compactMap(\.self),
        marginal: slots(columns.marginal).compactMap(\.self))
    return try SlateLog(
      cells: cells, arms: arms, rewards: rewards, propensities: propensities, slotCount: width,
      armCount: columns.arms.count, cellCount: log.cells.levels.count)
  }

  private func uniform() throws(OffPolicyError) -> PlackettLuce {
    try plackettLuce(Dictionary(uniqueKeysWithValues: columns.arms.map { ($0, 1) }))
  }

  private func plackettLuce(_ weights: [String: Double]) throws(OffPolicyError) -> PlackettLuce {
    let row = columns.arms.map { weights[$0] ?? 0 }
    let cellCount = log.cells.levels.count
    return try PlackettLuce(
      weights: ActionTable(
        cellCount: cellCount, armCount: row.count,
        values: (0..<cellCount).flatMap { _ in row }), slotCount: slates.slots.count)
  }

  /// Posteriors of the rewards of each arm in any slot; a page's own reward counts for all of its arms.
  private func thompson(_ rows: [Int]) throws(OffPolicyError) -> SlateThompson {
    let width = slates.slots.count
    let priors = Array(repeating: BetaDistribution.uniform, count: columns.arms.count)
    var posteriors = priors
    for row in rows {
      for slot in 0..<width {
        let place = row * width + slot
        let reward =
          columns.rewards.isEmpty ? log.rewards[row] ?? 0 : columns.rewards[place] ?? 0
        guard (0...1).contains(reward) else { throw .rewardNotFinite(row: row) }
        let arm = Int(columns.codes[place])
        posteriors[arm] = posteriors[arm].adding(successes: reward, failures: 1 - reward)
      }
    }
    guard width <= posteriors.count else { throw .noSupport(mass: 1, allowed: 0) }
    return SlateThompson(
      priors: posteriors, slotCount: width, cellCount: log.cells.levels.count)
  }

  private func row(
    _ policy: String, _ method: String, _ rows: [Int], refusal: String
  ) -> PolicyRow {
    PolicyRow(
      metric: plan.metric.rawValue, policy: policy, quantity: "page", method: method,
      intervalMethod: nil,
      logging: slates.propensities == .uniform
        ? "uniform over ordered pages, by the plan" : "logged page by page",
      estimate: Estimate(refusal: refusal), level: plan.level, sessions: rows.count,
      sample: "\(rows.count) whole pages"
        + (incomplete > 0 ? "; \(incomplete) lack an arm, a reward or a chance" : ""))
  }
}

extension SlateEstimatorCatalogue.Entry {
  /// What the estimator assumes, in words.
  fileprivate var words: String {
    switch assumption {
    case .any: "assumes nothing of how slots act on one another"
    case .cascade: "assumes that a slot depends on those above it alone"
    case .independent: "assumes that a slot's reward depends on its own arm alone"
    case nil: "assumes that a page's reward is a sum over its slots"
    }
  }
}
