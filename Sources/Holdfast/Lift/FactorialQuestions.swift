internal import Inference

extension LiftQuestion {
  /// Main effects and interactions, where the arm has several factors.
  static func factorial(_ evidence: LiftEvidence) -> [LiftQuestion] {
    let factors = evidence.arms.first?.columns.factors.filter { $0.count > 1 } ?? []
    guard factors.count > 1, evidence.isBinary else { return [] }
    return [
      LiftQuestion(
        title: "factorial", reason: "chosen: the arm has \(factors.count) factors"
      ) { evidence in
        do throws(InferenceError) {
          return try effects(evidence, factors)
        } catch {
          // Cells count as arms there, and an empty one is the refusal that occurs.
          let sentence = error.sentence { _ in "a combination of the factors" }
          return [Reply(subject: .several(allArms), outcome: .refusal(sentence))]
        }
      }
    ]
  }

  /// The number of combinations above which a fit takes too long.
  private static let mostCombinations = 256

  private static func effects(
    _ evidence: LiftEvidence, _ factors: [LiftColumns.Factor]
  ) throws(InferenceError) -> [Reply] {
    let combinations = factors.reduce(1) { min($0 * $1.count, mostCombinations + 1) }
    guard combinations <= min(evidence.arms.count, mostCombinations) else {
      return [
        Reply(
          subject: .several(allArms),
          outcome: .refusal(
            combinations > mostCombinations
              ? "the factors have more than \(mostCombinations) combinations"
              : "not every combination of the factors was shown"))
      ]
    }
    var table = FactorialTable(levels: factors.map(\.count))
    for (code, arm) in evidence.arms.enumerated() {
      let tally = arm.summary.tally
      table.add(
        successes: tally.successes, trials: tally.trials, at: factors.map { $0.levels[code] })
    }
    let analysis = try FactorialAnalysis(table)
    return analysis.effects.map { effect in
      let name = effect.factors.map { factors[$0].name }.joined(separator: " × ")
      return Reply(
        subject: .several(name),
        outcome: .answer(
          LiftAnswer(
            statistic: effect.chiSquared, degreesOfFreedom: Double(effect.degreesOfFreedom),
            pValue: effect.pValue, of: analysis.method, level: evidence.plan.level)))
    }
  }
}
