internal import Inference
internal import Probability

extension LiftQuestion {
  /// The questions that judge several offers together: each against the baseline, whether any differs,
  /// and whether they follow a score.
  static func simultaneous(_ evidence: LiftEvidence) -> [LiftQuestion] {
    var questions: [LiftQuestion] = []
    if evidence.offers.count > 1 {
      switch evidence.plan.lift.simultaneous {
      case .dunnett: questions = evidence.offers.count <= mostOffers ? [dunnett] : []
      case .maxT: questions = [maxT]
      case .none: break
      }
      if evidence.isBinary { questions.append(anyDifference) }
      let openWindows = evidence.arms.contains {
        $0.lifeTable.count > $0.summary.moments.count
      }
      if openWindows { questions.append(anyHazard) }
    }
    if !evidence.plan.lift.scores.isEmpty { questions.append(trend) }
    return questions
  }

  /// The number of offers above which Dunnett's law takes too long.
  private static let mostOffers = 50

  /// Dunnett's test. Arms without enough sessions are refused and spoil no other.
  private static let dunnett = LiftQuestion(
    title: "dunnett", reason: "chosen: several offers share one baseline; intervals hold at once"
  ) { evidence in
    together(evidence) { (control, offers) throws(InferenceError) in
      let tallies = offers.map(\.summary.tally)
      let all = [control.summary.tally] + tallies
      let test =
        evidence.isBinary
        ? try DunnettTest(
          control: control.summary.tally, treatments: tallies,
          addedToEachCell: all.allSatisfy { $0.successes > 0 && $0.failures > 0 } ? 0 : 0.5)
        : try DunnettTest(
          control: control.summary.moments, treatments: offers.map(\.summary.moments),
          variances: .separate)
      let (pValues, simultaneous) = (
        test.pValues(), test.intervals(level: evidence.plan.level)
      )
      return offers.indices.map { index in
        let (estimate, error) = (test.estimates[index], test.standardErrors[index])
        let law = TwoSidedLaw(degreesOfFreedom: test.degreesOfFreedom[index])
        let margin = law.critical(1 - evidence.plan.level) * error
        return LiftAnswer(
          name: test.method.name, intervalName: "Wald", null: test.method.nullHypothesis,
          tail: "two-sided, absoluteStatistic", scale: .difference, estimate: estimate,
          standardError: error,
          interval: Interval(lower: estimate - margin, upper: estimate + margin),
          level: evidence.plan.level, pValue: law.pValue(estimate / error),
          nullEffects: .exactly(0),
          adjusted: .init(
            pValue: pValues[index], interval: simultaneous[index],
            text: "Dunnett over \(offers.count) arms, simultaneous"))
      }
    }
  }

  /// Westfall and Young's shuffles.
  private static let maxT = LiftQuestion(
    title: "maxT", reason: "named in the plan: several offers judged together by shuffling"
  ) { evidence in
    together(evidence) { (control, offers) throws(InferenceError) in
      let test = try WestfallYoungTest(
        control: control.values.map { [$0] }, treatments: offers.map { $0.values.map { [$0] } },
        key: StreamKey(seed: evidence.plan.seed, purpose: .permutation))
      return test.hypotheses.map { hypothesis in
        let offer = offers[hypothesis.arm - 1].summary.mean ?? 0
        return LiftAnswer(
          name: test.method.name, null: test.method.nullHypothesis,
          tail: "two-sided, absoluteStatistic", scale: .difference,
          estimate: offer - (control.summary.mean ?? 0), level: evidence.plan.level,
          pValue: hypothesis.rawPValue, nullEffects: .exactly(0),
          adjusted: .init(
            pValue: hypothesis.stepDownPValue,
            text: "Westfall–Young step-down over \(offers.count) arms, \(test.deals) deals"),
          statistic: hypothesis.t.isFinite ? hypothesis.t : nil)
      }
    }
  }

  /// Whether any arm's share differs from another's.
  private static let anyDifference = LiftQuestion(
    "kSample", reason: "chosen: whether any of several arms differs"
  ) { (evidence) throws(InferenceError) in
    let test = try KSampleProportionTest(arms: evidence.arms.map(\.summary.tally))
    var answer = LiftAnswer(
      statistic: test.chiSquared, degreesOfFreedom: Double(test.degreesOfFreedom),
      pValue: test.pValue, of: test.method, level: evidence.plan.level)
    if test.smallestExpectedCount < 5 {
      answer.warnings.append("fewer than five sessions are expected in a cell: p is approximate")
    }
    return answer
  }

  /// Whether any arm loses sessions faster than another.
  private static let anyHazard = {
    var question = LiftQuestion(
      "kSampleLogRank", reason: "chosen: sessions with an open window count while they lasted"
    ) { (evidence) throws(InferenceError) in
      var tables: [LifeTable] = []
      for (index, arm) in evidence.arms.enumerated() {
        tables.append(
          try arm.lifeTable.seen(upTo: evidence.plan.lift.horizonDays, arm: index))
      }
      let test = try KSampleLogRank(arms: tables)
      return LiftAnswer(
        name: "log-rank of several arms", null: "λ(t) is the same in all arms",
        tail: "upper tail", level: evidence.plan.level, pValue: test.pValue,
        statistic: test.chiSquared, degreesOfFreedom: Double(test.degreesOfFreedom))
    }
    question.countsWatches = true
    return question
  }()

  /// Whether shares follow the scores of their arms.
  private static let trend = LiftQuestion(
    "trend", reason: "chosen: the plan gives scores to the arms"
  ) { (evidence) throws(InferenceError) in
    guard evidence.isBinary else { throw .notShares }
    let scores = evidence.plan.lift.scores
    let scored = evidence.names.indices.filter { scores[evidence.names[$0]] != nil }
    let test = try TrendTest(
      arms: scored.map { evidence.arms[$0].summary.tally },
      scores: scored.compactMap { scores[evidence.names[$0]] })
    var answer = LiftAnswer(test, level: evidence.plan.level)
    // A slope is no arm's.
    answer.isAboutArms = false
    return answer
  }

  /// Asks the arms that have sessions enough together; the others, and all if that fails, are refused.
  private static func together(
    _ evidence: LiftEvidence,
    _ ask: (ArmEvidence, [ArmEvidence]) throws(InferenceError) -> [LiftAnswer]
  ) -> [Reply] {
    let able = evidence.offers.filter { arm in
      let moments = evidence.arms[arm].summary.moments
      return moments.count >= 2 && (evidence.isBinary || moments.sumOfSquaredDeviations > 0)
    }
    var outcomes: [Int: Outcome] = [:]
    do throws(InferenceError) {
      guard !able.isEmpty else { throw .tooFewArms(count: 1) }
      let answers = try ask(evidence.arms[0], able.map { evidence.arms[$0] })
      for (arm, answer) in zip(able, answers) { outcomes[arm] = .answer(answer) }
    } catch {
      let sentence = error.sentence { index in
        evidence.names[index == 0 ? 0 : able.indices.contains(index - 1) ? able[index - 1] : 0]
      }
      for arm in able { outcomes[arm] = .refusal(sentence) }
    }
    return evidence.offers.map { arm in
      let count = evidence.arms[arm].values.count
      let reason =
        count < 2
        ? InferenceError.tooFewSessions(arm: arm, count: count, needed: 2) : .noVariation
      return Reply(
        subject: .arm(arm), outcome: outcomes[arm] ?? .refusal(evidence.sentence(reason)))
    }
  }
}

/// The normal law, or Student's, of a statistic that counts on both sides.
private struct TwoSidedLaw {
  let degreesOfFreedom: Double

  func pValue(_ statistic: Double) -> Double {
    let extreme = abs(statistic)
    return degreesOfFreedom.isFinite
      ? 2 * StudentTDistribution(degreesOfFreedom: degreesOfFreedom).survival(extreme)
      : 2 * StandardNormal.survival(extreme)
  }

  func critical(_ alpha: Double) -> Double {
    degreesOfFreedom.isFinite
      ? StudentTDistribution(degreesOfFreedom: degreesOfFreedom).upperQuantile(alpha / 2)
      : StandardNormal.upperQuantile(alpha / 2)
  }
}
