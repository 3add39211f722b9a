internal import Inference

/// One question that every arm is asked, by which test of two arms, and why by that one.
struct LiftChoice: Sendable {
  /// The test.
  let method: LiftMethod
  /// What is asked.
  var question = Question.difference
  /// Why, in words that a row can carry.
  let reason: String

  /// What is asked of an arm.
  enum Question: Sendable {
    /// Whether it differs from the baseline.
    case difference
    /// Whether it is worse by less than a margin.
    case nonInferiority(margin: Double, NonInferiorityTest.Direction)
    /// Whether it is as good, within margins.
    case equivalence(Interval)
  }

  /// The name of the method while there is no answer.
  var title: String { method.name }

  /// Asks one arm.
  func answer(
    _ offer: ArmEvidence, _ control: ArmEvidence, _ context: LiftContext = LiftContext(),
    level: Double
  ) throws(InferenceError) -> LiftAnswer {
    guard !method.evidence.isOfShares || offer.summary.isBinary && control.summary.isBinary else {
      throw .notShares
    }
    let compare = { (null: Double?) throws(InferenceError) in
      try method.compare(offer, control, null, context)
    }
    var answer: LiftAnswer
    switch question {
    case .difference:
      answer = LiftAnswer(
        try compare(nil), level: level, givesInterval: context.plan.givesIntervals)
    case .nonInferiority(let margin, let direction):
      answer = LiftAnswer(
        try NonInferiorityTest(margin: margin, direction: direction) {
          (null) throws(InferenceError) in try compare(null)
        }, level: level)
    case .equivalence(let margins):
      answer = LiftAnswer(
        try EquivalenceTest(margins: margins) { (null) throws(InferenceError) in
          try compare(null)
        }, level: level)
    }
    if method.evidence.isOfWatches { answer.moreIsBetter = answer.scale != .hazardRatio }
    switch method.evidence {
    case .covariates: answer.warnings += offer.covariateWarnings(with: control, context.plan)
    case .ratio:
      let ratios = (offer.ratioMoments(context.plan), control.ratioMoments(context.plan))
      answer.levels = (
        ratios.0.means[0] / ratios.0.means[1], ratios.1.means[0] / ratios.1.means[1]
      )
    default: break
    }
    return answer
  }

  /// The question for the list of all questions.
  var asQuestion: LiftQuestion {
    var question = LiftQuestion(method.name, reason: reason) {
      (evidence, arm) throws(InferenceError) in
      try answer(
        evidence.arms[arm], evidence.arms[0], evidence.context(of: arm),
        level: evidence.plan.level)
    }
    question.countsWatches = method.evidence.isOfWatches
    question.measuresDays = method.measuresDays
    question.allowsClusters = method.evidence == .clusters || method.evidence == .ratio
    if method.evidence == .ratio { question.metric = "ratio" }
    return question
  }
}

extension LiftChoice {
  /// The questions of two arms that the plan asks; where it names no tests, those that suit the data.
  static func choices(
    _ plan: RunPlan.LiftPlan, _ arms: [ArmEvidence], customersRepeat: Bool = false
  ) -> [LiftChoice] {
    let isBinary = arms.allSatisfy(\.summary.isBinary)
    func named(_ name: String, _ question: Question = .difference) -> LiftChoice? {
      LiftMethod.named(name, whereBinary: isBinary).map {
        LiftChoice(method: $0, question: question, reason: "named in the plan")
      }
    }
    var choices = plan.tests.compactMap { named($0) }
    if choices.isEmpty {
      choices = clusters(plan, customersRepeat: customersRepeat)
      choices += isBinary ? standard(ofShares: arms) : standard(ofNumbers: arms)
    } else if plan.clusters != .customersThatRepeat {
      choices += clusters(plan, customersRepeat: customersRepeat)
    }
    choices += families(plan, arms, isBinary: isBinary).filter { choice in
      !choices.contains { $0.method.answersFor(choice.method) }
    }
    if let asked = plan.nonInferiority {
      let question = Question.nonInferiority(margin: asked.margin, asked.direction)
      choices += [named(asked.test, question)].compactMap(\.self)
    }
    if let asked = plan.equivalence {
      choices += [named(asked.test, .equivalence(asked.margins))].compactMap(\.self)
    }
    return choices
  }

  /// What a plan's keys ask for besides the tests that it names.
  private static func families(
    _ plan: RunPlan.LiftPlan, _ arms: [ArmEvidence], isBinary: Bool
  ) -> [LiftChoice] {
    var choices: [LiftChoice?] = []
    if !plan.strata.isEmpty {
      let strata = "chosen: the plan names strata (\(plan.strata.joined(separator: " × ")))"
      choices +=
        isBinary
        ? [standard("cochranMantelHaenszel", strata), standard("mantelHaenszelRatio", strata)]
        : [standard("postStratified", strata)]
      if arms.contains(where: { $0.lifeTable.count > 0 }) {
        choices.append(standard("stratifiedLogRank", strata))
      }
    }
    if !plan.covariates.isEmpty {
      let reason =
        "chosen: the plan names covariates; Lin's adjustment is never less precise in large samples"
      choices += [standard("lin", reason), standard("linLift", reason)]
    }
    if plan.winsorize != nil { choices.append(standard("winsorized", "chosen: lift.winsorize")) }
    if plan.ratio != nil {
      let reason = "chosen: lift.ratio, a ratio of sums by the delta method"
      choices += [standard("ratio", reason), standard("ratioLift", reason)]
    }
    if plan.plannedSessions != nil, plan.looks == nil {
      choices.append(
        standard("alwaysValid", "chosen: lift.plannedSessions; valid at every look"))
    }
    return choices.compactMap(\.self)
  }

  /// The clustered tests, where the plan or the customers ask for them.
  static func clusters(
    _ plan: RunPlan.LiftPlan, customersRepeat: Bool
  ) -> [LiftChoice] {
    let reason: String
    switch plan.clusters {
    case .sessions: return []
    case .customersThatRepeat:
      guard customersRepeat else { return [] }
      reason = "chosen: customers have several sessions, which may depend on each other"
    case .customers: reason = "chosen: the plan names the customer as cluster"
    case .column(let name): reason = "chosen: the plan names \(name) as cluster"
    }
    return [standard("clustered", reason), standard("clusteredLift", reason)].compactMap(\.self)
  }

  /// The test of a mean that needs no more than that it has a variance.
  static func standard(ofNumbers arms: [ArmEvidence]) -> [LiftChoice] {
    [standard("welch", "chosen: means of numbers, their variances not assumed equal")]
      .compactMap(\.self)
  }

  /// A test of the difference and one of the relative lift; and, where dates are known, one that
  /// counts the sessions whose window is still open. Small arms get an exact test while it is quick.
  private static func standard(ofShares arms: [ArmEvidence]) -> [LiftChoice] {
    let sizes = arms.map(\.summary.tally.trials)
    let smallest = sizes.min() ?? 0
    let isExact = smallest < smallArm && sizes.reduce(0, +) <= exactLimit
    let openWindows = arms.contains { $0.lifeTable.count > $0.summary.tally.trials }
    return [
      isExact
        ? standard("boschloo", "chosen: exact, since an arm has fewer than \(smallArm) sessions")
        : standard("pooledZ", "chosen: the difference of two shares"),
      standard("logRatio", "chosen: the relative lift of a share"),
      openWindows
        ? standard("horizonLogLog", "chosen: sessions with an open window count while they lasted")
        : nil,
    ].compactMap(\.self)
  }

  private static func standard(_ name: String, _ reason: String) -> LiftChoice? {
    LiftMethod.named(name, whereBinary: true).map { LiftChoice(method: $0, reason: reason) }
  }

  /// The size of an arm below which a normal approximation gives way to an exact test.
  private static let smallArm = 1_000
  /// The sessions of all arms above which an exact test takes too long.
  private static let exactLimit = 4_000
}
