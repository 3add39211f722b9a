internal import Inference

/// One question that every arm is asked, by which test, and why by that one.
struct LiftChoice: Sendable {
  /// The test.
  let method: LiftMethod
  /// What is asked.
  let question: Question
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
    _ offer: ArmEvidence, _ control: ArmEvidence, level: Double
  ) throws(InferenceError) -> LiftAnswer {
    guard method.evidence != .tallies || offer.summary.isBinary && control.summary.isBinary else {
      throw .notShares
    }
    let compare = { (null: Double?) throws(InferenceError) in
      try method.compare(offer, control, null)
    }
    switch question {
    case .difference: return LiftAnswer(try compare(nil), level: level)
    case .nonInferiority(let margin, let direction):
      return LiftAnswer(
        try NonInferiorityTest(margin: margin, direction: direction) {
          (null) throws(InferenceError) in try compare(null)
        }, level: level)
    case .equivalence(let margins):
      return LiftAnswer(
        try EquivalenceTest(margins: margins) { (null) throws(InferenceError) in
          try compare(null)
        }, level: level)
    }
  }
}

extension LiftChoice {
  /// The questions that the plan asks; where it names no tests, those that suit the data.
  static func choices(_ plan: RunPlan.LiftPlan, _ arms: [ArmEvidence]) -> [LiftChoice] {
    let isBinary = arms.allSatisfy(\.summary.isBinary)
    func named(_ name: String, _ question: Question = .difference) -> LiftChoice? {
      LiftMethod.named(name, whereBinary: isBinary).map {
        LiftChoice(method: $0, question: question, reason: "named in the plan")
      }
    }
    var choices = plan.tests.compactMap { named($0) }
    if choices.isEmpty {
      choices = isBinary ? standard(ofShares: arms) : standard(ofNumbers: arms)
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
    LiftMethod.named(name, whereBinary: true).map {
      LiftChoice(method: $0, question: .difference, reason: reason)
    }
  }

  /// The size of an arm below which a normal approximation gives way to an exact test.
  private static let smallArm = 1_000
  /// The sessions of all arms above which an exact test takes too long.
  private static let exactLimit = 4_000
}
