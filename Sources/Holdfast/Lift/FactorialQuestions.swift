internal import Inference

extension LiftQuestion {
  /// Main effects and interactions, where the arm has several factors.
  static func factorial(_ evidence: LiftEvidence) -> [LiftQuestion] {
    let factors = evidence.arms.first?.columns.factors.filter { $0.count > 1 } ?? []
    guard factors.count > 1, evidence.isBinary else { return [] }
    var questions = [
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
    if factors.map(\.count) == [2, 2] { questions.append(interaction(factors)) }
    return questions
  }

  /// How much better the second level of one factor works at the second level of the other.
  private static func interaction(_ factors: [LiftColumns.Factor]) -> LiftQuestion {
    let reason = "chosen: two factors of two levels have one interaction, with an interval"
    return LiftQuestion(title: "interaction", reason: reason) { evidence in
      let name = factors.map(\.name).joined(separator: " × ")
      var tallies = Array(repeating: Tally(), count: 4)
      for (code, arm) in evidence.arms.enumerated() {
        tallies[2 * factors[0].levels[code] + factors[1].levels[code]] = arm.summary.tally
      }
      do throws(InferenceError) {
        let test = try InteractionTest(
          offer: (tallies[2], tallies[3]), control: (tallies[0], tallies[1]))
        var answer = LiftAnswer(test, level: evidence.plan.level)
        // Neither arm is the better one for that.
        answer.isAboutArms = false
        return [Reply(subject: .several(name), outcome: .answer(answer))]
      } catch {
        let sentence = error.sentence { "level \($0 + 1) of \(factors[0].name)" }
        return [Reply(subject: .several(name), outcome: .refusal(sentence))]
      }
    }
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
