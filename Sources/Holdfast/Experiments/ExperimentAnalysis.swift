internal import Inference
internal import Probability

/// Compares each arm of many experiments with its baseline, and reads all comparisons as one family.
struct ExperimentAnalysis {
  let plan: ExperimentsPlan
  /// The comparisons, by experiment, arm and test.
  private(set) var rows: [ExperimentRow] = []
  /// The looks at them; empty where the plan names none.
  private(set) var looks: [LookRow] = []
  /// The law of the differences of all experiments; nil with fewer than two of them.
  private(set) var shrinkage: NormalShrinkage?
  /// The rows of each test of the plan.
  private var families: [[Int]]

  /// Compares, adjusts over the whole run, shrinks, and says a verdict of each row.
  ///
  /// - Complexity: O(*c* log *c*) in the number of comparisons and looks, beside the tests.
  init(_ log: ExperimentLog, plan: ExperimentsPlan) {
    self.plan = plan
    families = Array(repeating: [], count: max(1, plan.tests.count))
    for experiment in log.experiments { add(experiment) }
    for family in families { adjust(family) }
    shrink()
    for index in rows.indices { rows[index].conclude(plan) }
  }

  // MARK: One experiment

  private mutating func add(_ experiment: Experiment) {
    var template = ExperimentRow(
      experiment: experiment.name, group: experiment.group, arm: "", baseline: "",
      estimate: Estimate(refusal: "the arms were never counted at the same look"),
      level: plan.level)
    switch sampleRatio(experiment) {
    case .success(let pValue): template.sampleRatioPValue = pValue
    case .failure(let refused):
      template.warnings.append("the sample ratio was not tested: \(refused.sentence)")
    }
    let place: Int
    do throws(Experiment.Fault) {
      place = try experiment.baseline.get()
    } catch {
      template.estimate = Estimate(refusal: error.sentence)
      rows.append(template)
      return
    }
    template.baseline = experiment.arms[place].name
    for (index, arm) in experiment.arms.enumerated() where index != place {
      let comparison = Comparison(experiment, arm: arm, baseline: experiment.arms[place])
      template.arm = arm.name
      if plan.look != nil {
        let rows = comparison.lookRows(level: plan.level, plannedSessions: plan.plannedSessions)
        looks += rows
        template.looks = LookSummary(rows)
      }
      add(comparison, template)
    }
  }

  /// A row for each test of the last look.
  private mutating func add(_ comparison: Comparison, _ template: ExperimentRow) {
    var template = template
    guard let last = comparison.looks.last else {
      rows.append(template)
      return
    }
    template.sessions = last.offer.sessions
    template.baselineSessions = last.control.sessions
    switch comparison.summaries(last) {
    case .failure(let refused):
      template.estimate = Estimate(refusal: refused.sentence)
      rows.append(template)
    case .success(let (offer, control)):
      template.mean = offer.mean
      template.baselineMean = control.mean
      template.difference = try? comparison.difference(last).get()
      let arms = (ArmEvidence(summary: offer), ArmEvidence(summary: control))
      for (family, choice) in choices(arms.0, arms.1).enumerated() {
        var row = template
        row.method = choice.title
        row.choice = choice.reason
        do throws(InferenceError) {
          row.fill(try choice.answer(arms.0, arms.1, level: plan.level))
        } catch {
          row.estimate = Estimate(refusal: comparison.refused(error).sentence)
        }
        families[family].append(rows.count)
        rows.append(row)
      }
    }
  }

  /// The tests of the plan, or the first of those that suit the counts.
  private func choices(_ offer: ArmEvidence, _ control: ArmEvidence) -> [LiftChoice] {
    var lift = RunPlan.LiftPlan()
    lift.tests = plan.tests
    return Array(LiftChoice.choices(lift, [control, offer]).prefix(families.count))
  }

  /// Whether the arms got the shares of sessions that they were meant to get.
  private func sampleRatio(_ experiment: Experiment) -> Result<Double, Comparison.Refused> {
    let sessions = experiment.sessions.compactMap(\.self)
    guard sessions.count == experiment.arms.count else {
      return .failure(.init(sentence: "not every arm has a count"))
    }
    let shares = experiment.arms.map { plan.shares.isEmpty ? 1 : plan.shares[$0.name] ?? 0 }
    return Result { () throws(InferenceError) in
      try SampleRatioTest(observed: sessions, weights: shares).pValue
    }.mapError { error in
      .init(sentence: error.sentence { experiment.arms[$0].name })
    }
  }

  // MARK: All of them

  private mutating func adjust(_ family: [Int]) {
    let adjusted = plan.adjustment.adjust(family.map { rows[$0].pValue })
    let count = family.count { rows[$0].pValue != nil }
    for (index, pValue) in zip(family, adjusted) {
      rows[index].adjustedPValue = pValue
      rows[index].adjustment = "\(plan.adjustment.rawValue) over \(count) comparisons"
    }
  }

  /// Draws each difference towards the mean of all: one row a comparison has a part in the law.
  private mutating func shrink() {
    let effects = families[0].compactMap { rows[$0].difference }.filter(\.isModerate)
    shrinkage = try? NormalShrinkage(
      estimates: effects.map(\.value), standardErrors: effects.map(\.standardError))
    guard let shrinkage else { return }
    for family in families {
      let members = family.filter { rows[$0].difference?.isModerate ?? false }
      for (index, effect) in zip(members, shrinkage.effects) {
        let tail = (1 - plan.level) / 2
        rows[index].shrunken = Estimate(
          effect.mean, standardError: effect.standardDeviation,
          interval: Interval(lower: effect.quantile(tail), upper: effect.upperQuantile(tail)))
      }
    }
  }
}

extension EffectEstimate {
  /// Whether the squares of effect and error, and their ratios, are doubles.
  fileprivate var isModerate: Bool {
    abs(value) < 1e50 && (1e-50...1e50).contains(standardError)
  }
}

extension ExperimentRow {
  fileprivate mutating func fill(_ answer: LiftAnswer) {
    method = [answer.name, answer.intervalName.map { "interval: \($0)" }]
      .compactMap(\.self).joined(separator: "; ")
    scale = answer.scale
    guard let value = answer.estimate, value.isFinite else {
      estimate = Estimate(
        refusal: "the estimate is infinite: the baseline has nothing to divide by")
      return
    }
    estimate = Estimate(value, interval: answer.interval)
    pValue = answer.pValue
  }

  /// Says what the row says, once its p-value is adjusted.
  fileprivate mutating func conclude(_ plan: ExperimentsPlan) {
    if let pValue = sampleRatioPValue, pValue < SampleRatio.warningLevel {
      warnings.append(
        "sample ratio mismatch: p \(Decimals.pValue(pValue)): the arms did not get the shares they "
          + "were meant to; the comparison may not be one of like with like")
    }
    guard let value = estimate.value, let adjustedPValue, let scale else { return }
    if let pValue = sampleRatioPValue, pValue < SampleRatio.warningLevel {
      verdict = .mismatch
    } else if adjustedPValue < 1 - plan.level {
      let isMore = value > scale.noEffect
      verdict = isMore == (plan.direction == .moreIsBetter) ? .better : .worse
    } else {
      verdict = .unclear
    }
  }
}
