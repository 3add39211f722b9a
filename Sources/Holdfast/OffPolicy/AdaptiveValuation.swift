internal import Bandits
internal import Inference

/// Values arms by each estimator of ``AdaptiveCatalogue``, and the best of them.
struct AdaptiveValuation {
  let plan: RunPlan
  /// The names of the arms, the baseline first.
  let arms: [String]
  /// Whose log it is, in words.
  let source: String

  /// The rows: values of all arms, contrasts with the baseline, the best arm.
  func rows(of batched: BatchedLog, floor: DecayingFloor?) -> [AdaptiveRow] {
    let arms = self.arms.indices.map { Arm($0) }
    var rows: [AdaptiveRow] = []
    for entry in AdaptiveCatalogue.entries
    where floor != nil || entry.name != "aipwTwoPointAllocation" {
      let estimator = entry.make(floor ?? DecayingFloor(start: 1e-9, decay: 0))
      // The naive figure knows no cells.
      let log = entry.name == "naive" ? StratifiedAdaptiveLog([batched.whole]) : batched.byCell
      rows += self.rows(of: arms, by: estimator, log, batched)
    }
    rows += arms.dropFirst().map { arm in
      row("any-time aipw", arm, against: arms[0], batched) { () throws(InferenceError) in
        try anyTime(arm, minus: arms[0], batched.whole)
      }
    }
    rows.append(bestArm(arms, batched))
    if batched.guessedGroups > 0 {
      for index in rows.indices {
        rows[index].warnings.append(
          "in \(batched.guessedGroups) cells of batches two arms or more were shown to nobody: they share "
            + "evenly what the recorded propensities leave to 1, which moves weights and no score")
      }
    }
    return rows
  }

  /// The value of each arm and its contrast with the baseline, by one estimator.
  private func rows(
    of arms: [Arm], by estimator: some AdaptiveEstimator, _ strata: StratifiedAdaptiveLog,
    _ batched: BatchedLog
  ) -> [AdaptiveRow] {
    arms.map { arm in
      row(estimator.name, arm, batched) { () throws(InferenceError) in
        Estimate(try strata.value(of: arm, by: estimator), level: plan.level)
      }
    }
      + arms.dropFirst().map { arm in
        row(estimator.name, arm, against: arms[0], batched) { () throws(InferenceError) in
          Estimate(
            try strata.contrast(of: arm, minus: arms[0], by: estimator), level: plan.level)
        }
      }
  }

  /// An interval that holds at every look, tuned for this many sessions of arms as probable as in a uniform
  /// log.
  private func anyTime(
    _ arm: Arm, minus other: Arm, _ adaptiveLog: AdaptiveLog
  ) throws(InferenceError) -> Estimate {
    guard adaptiveLog.rewards.allSatisfy({ (0...1).contains($0) }) else { throw .notShares }
    var sequence = AnytimeAIPW(
      .contrast(arm, minus: other), level: plan.level, tunedFor: Double(adaptiveLog.count),
      scoreVariance: 2 * 0.25 * Double(adaptiveLog.armCount))
    sequence.add(adaptiveLog)
    guard let estimate = sequence.estimate, let interval = sequence.interval else {
      throw .noVariation
    }
    return Estimate(estimate, interval: interval)
  }

  /// The value of whichever arm came out best, corrected for having been chosen.
  private func bestArm(_ arms: [Arm], _ batched: BatchedLog) -> AdaptiveRow {
    let estimator = AdaptiveAIPW(weights: .constantAllocation)
    var winner: BestArmInference?
    var row = row("hybrid correction of \(estimator.name)", nil, batched) {
      () throws(InferenceError) in
      let inference = try BestArmInference(
        try batched.byCell.values(of: arms, by: estimator), level: plan.level)
      winner = inference
      return Estimate(inference.estimate, interval: inference.interval)
    }
    if let winner {
      row.armSessions = batched.whole.arms.count { Int($0) == winner.best }
      row.warnings = [
        "the best arm is \(self.arms[winner.best]); uncorrected its value reads "
          + Decimals.text(winner.naive, 4)
      ]
    }
    return row
  }

  private func row(
    _ method: String, _ arm: Arm?, against other: Arm? = nil, _ batched: BatchedLog,
    _ estimate: () throws(InferenceError) -> Estimate
  ) -> AdaptiveRow {
    let names = arms
    var row = AdaptiveRow(
      source: source, metric: plan.metric.rawValue, arm: arm.map { names[$0.index] } ?? "best arm",
      baseline: other.map { names[$0.index] }, method: method, estimate: .notAsked,
      level: plan.level, sessions: batched.whole.count,
      armSessions: arm.map { arm in batched.whole.arms.count { Int($0) == arm.index } },
      batches: batched.batchCount)
    do throws(InferenceError) {
      row.estimate = try estimate()
      if method == "naive" {
        row.warnings = [
          "as if the sessions had been dealt at random: biased where the policy learned"
        ]
      }
    } catch {
      row.estimate = Estimate(refusal: error.sentence { names[$0] })
    }
    return row
  }

  /// The row that says why nothing is estimated.
  func refused(_ sentence: String) -> AdaptiveRow {
    AdaptiveRow(
      source: source, metric: plan.metric.rawValue, arm: "all arms", method: "none",
      estimate: Estimate(refusal: sentence), level: plan.level, sessions: 0, batches: 0)
  }
}

extension Estimate {
  fileprivate init(_ estimate: AdaptiveEstimate, level: Double) {
    self.init(
      estimate.value, standardError: estimate.standardError,
      interval: estimate.interval(level: level))
  }
}
