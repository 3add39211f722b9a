internal import Inference

extension LiftMethod {
  /// The tests that are valid at every look, tuned to the sessions that the plan names.
  static let sequential: [LiftMethod] = [
    alwaysValid("alwaysValid", .tallies, .difference) { (offer, control) throws(InferenceError) in
      try EffectEstimate(offer: offer.summary.tally, control: control.summary.tally)
    },
    alwaysValid("alwaysValidLift", .tallies, .relativeLift) {
      (offer, control) throws(InferenceError) in
      try EffectEstimate(liftOf: offer.summary.tally, over: control.summary.tally)
    },
    alwaysValid("alwaysValid", .moments, .difference) { (offer, control) throws(InferenceError) in
      try EffectEstimate(offer: offer.summary.moments, control: control.summary.moments)
    },
    alwaysValid("alwaysValidLift", .moments, .relativeLift) {
      (offer, control) throws(InferenceError) in
      try EffectEstimate(liftOf: offer.summary.moments, over: control.summary.moments)
    },
  ]

  private static func alwaysValid(
    _ name: String, _ evidence: Evidence, _ scale: TestDescription.Scale,
    _ effect:
      @escaping @Sendable (ArmEvidence, ArmEvidence) throws(InferenceError) -> EffectEstimate
  ) -> LiftMethod {
    LiftMethod(name, evidence, scale: scale) {
      (offer, control, null, context) throws(InferenceError) in
      AlwaysValidTest(
        try effect(offer, control), null: null,
        tunedFor: context.plannedSessions ?? AlwaysValidTest.defaultSessions)
    }
  }
}

extension LiftQuestion {
  /// The group-sequential test, if the plan names looks.
  static func looks(_ evidence: LiftEvidence) -> [LiftQuestion] {
    guard let asked = evidence.plan.lift.looks else { return [] }
    let reason = "chosen: lift.looks; error spent as \(asked.spending.words)"
    return [
      LiftQuestion("groupSequential", reason: reason) {
        (evidence, arm) throws(InferenceError) in
        try evidence.groupSequential(arm, asked)
      }
    ]
  }
}

extension LiftEvidence {
  /// The answer of the looks so far: stage-wise if the test has ended, else the repeated one.
  fileprivate func groupSequential(
    _ arm: Int, _ asked: RunPlan.LiftPlan.Looks
  ) throws(InferenceError) -> LiftAnswer {
    guard let planned = plannedSessions(with: arm) else {
      throw .invalidWeight(arm: arm, weight: 0)
    }
    var looks: [GroupSequentialAnalysis.Look] = []
    // A look too early for a standard error decides nothing and spends nothing.
    let seen = parts(arm, asked, planned: planned)
    let parts = seen.dropLast().filter { (try? effect($0)) != nil } + seen.suffix(1)
    for part in parts {
      looks.append(GroupSequentialAnalysis.Look(try effect(part), plannedSessions: planned))
    }
    guard !looks.isEmpty else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    let design = GroupSequentialDesign(
      times: [1], alpha: 1 - plan.level, spending: asked.spending)
    let analysis = try GroupSequentialAnalysis(design, looks: looks)
    let test: any HypothesisTest = analysis.final ?? analysis.repeated
    var answer = LiftAnswer(test, level: plan.level)
    answer.statistic = analysis.scores.last
    // The test ends at a look: later sessions have no part in its answer.
    let last = parts[analysis.looks.count - 1]
    answer.sessions = (last.offer.moments.count, last.control.moments.count)
    if let own = last.offer.mean, let others = last.control.mean {
      (answer.levels, answer.isShare) = ((own, others), isBinary)
    }
    let bound = analysis.bounds.last.flatMap { $0.isFinite ? $0 : nil }
    answer.warnings.append(
      "look \(analysis.looks.count) at \(Decimals.text(100 * (analysis.looks.last?.time ?? 0), 1)) % of the "
        + "planned sessions: \(analysis.decision.words)"
        + (bound.map { ", bound \(Decimals.text($0, 3))" } ?? ""))
    return answer
  }

  private func effect(
    _ part: (offer: ArmSummary, control: ArmSummary)
  ) throws(InferenceError) -> EffectEstimate {
    isBinary
      ? try EffectEstimate(offer: part.offer.tally, control: part.control.tally)
      : try EffectEstimate(offer: part.offer.moments, control: part.control.moments)
  }

  /// What was known of an arm and the baseline at each look; looks that saw nothing new are left out.
  private func parts(
    _ arm: Int, _ asked: RunPlan.LiftPlan.Looks, planned: Double
  ) -> [(offer: ArmSummary, control: ArmSummary)] {
    let (offer, control) = (arms[arm], arms[0])
    // In replay order, both arms together: the value, and whose it is.
    let sessions =
      (zip(offer.rows, offer.values).map { (row: $0, value: $1, isOffer: true) }
      + zip(control.rows, control.values).map { (row: $0, value: $1, isOffer: false) })
      .sorted { $0.row < $1.row }
    var ends: [Int]
    if let times = offer.log?.times, !asked.dates.isEmpty {
      // A session counts from when its window had closed.
      let window = plan.metric == .saved ? Int64(plan.windowDays) * 86_400_000_000 : 0
      ends = asked.dates.map { date in sessions.count { times[$0.row] + window <= date } }
    } else {
      ends = asked.shares.map { Int(($0 * planned).rounded(.up)) }.filter { $0 <= sessions.count }
    }
    if ends.isEmpty { ends = [sessions.count] }
    var (parts, seen) = ([(offer: ArmSummary, control: ArmSummary)](), 0)
    var (own, others) = (ArmSummary(), ArmSummary())
    for end in ends where end > seen {
      for session in sessions[seen..<end] {
        if session.isOffer { own.add(session.value) } else { others.add(session.value) }
      }
      seen = end
      parts.append((own, others))
    }
    return parts
  }
}

extension GroupSequentialAnalysis.Decision {
  fileprivate var words: String {
    switch self {
    case .goOn: "go on"
    case .above: "stop, the effect is above the null"
    case .below: "stop, the effect is below the null"
    case .futility: "futile"
    case .notRejected: "ended without rejection"
    }
  }
}

extension SpendingFunction {
  fileprivate var words: String {
    switch self {
    case .obrienFleming: "O'Brien and Fleming"
    case .pocock: "Pocock"
    case .power(let rho): "Kim and DeMets, power \(rho)"
    case .hwangShihDeCani(let gamma): "Hwang, Shih and DeCani, γ \(gamma)"
    case .points: "a line through points"
    }
  }
}
