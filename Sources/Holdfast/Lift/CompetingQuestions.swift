internal import Inference

extension LiftQuestion {
  /// What the offers do to each cause of loss, if the plan names the column of causes.
  static func competing(_ evidence: LiftEvidence) -> [LiftQuestion] {
    guard let causes = evidence.arms.first?.columns.causes else { return [] }
    let reason = "chosen: the plan names causes of loss (\(causes.name)), which compete"
    // One more for sessions that were lost without a cause.
    let names = causes.levels + ["unknown cause"]
    let present = names.indices.filter { cause in
      evidence.arms.contains { $0.riskTable.lifeTable(of: cause).eventCount > 0 }
    }
    return present.flatMap { cause -> [LiftQuestion] in
      let metric = "lost by \(names[cause])"
      var difference = LiftQuestion("incidenceDifference", reason: reason) {
        (evidence, arm) throws(InferenceError) in
        let test = try IncidenceDifferenceTest(
          offer: evidence.arms[arm].riskTable, control: evidence.arms[0].riskTable, cause: cause,
          horizon: evidence.plan.lift.horizonDays)
        var answer = LiftAnswer(test, level: evidence.plan.level)
        answer.moreIsBetter = false
        return answer
      }
      var gray = LiftQuestion("gray", reason: reason) { (evidence) throws(InferenceError) in
        let test = try GrayTest(arms: evidence.arms.map(\.riskTable), cause: cause)
        return LiftAnswer(
          name: "Gray", null: "the incidence of the cause is the same in all arms",
          tail: "upper tail", level: evidence.plan.level, pValue: test.pValue,
          statistic: test.chiSquared, degreesOfFreedom: Double(test.degreesOfFreedom))
      }
      (difference.metric, gray.metric) = (metric, metric)
      (difference.countsWatches, gray.countsWatches) = (true, true)
      return [difference, gray]
    }
  }
}

extension ArmEvidence {
  /// The watches with the causes that ended them.
  fileprivate var riskTable: CompetingRiskTable {
    guard let causes = columns.causes, let watches = log?.watches else {
      return CompetingRiskTable()
    }
    var (durations, ends) = ([Double](), [Int?]())
    for row in watched {
      guard let watch = watches[row] else { continue }
      let code = Int(causes.codes[row])
      durations.append(watch.days)
      ends.append(watch.isLost ? (code < 0 ? causes.levels.count : code) : nil)
    }
    // A watch is a number of days from zero up, which is all that a table asks for.
    return (try? CompetingRiskTable(durations: durations, causes: ends)) ?? CompetingRiskTable()
  }
}
