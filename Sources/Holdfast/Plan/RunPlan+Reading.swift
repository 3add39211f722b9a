internal import Inference
internal import Sessions

extension RunPlan {
  /// Reads a plan from a YAML or JSON file and checks it whole.
  ///
  /// Paths in a plan are relative to its folder, and may begin with `${NAME}`, a variable of the
  /// environment.
  ///
  /// - Parameters:
  ///   - file: The path of the file.
  ///   - environment: The variables that paths may begin with.
  /// - Throws: ``PlanError`` with every problem of the file at once.
  public init(contentsOf file: String, environment: [String: String]) throws(PlanError) {
    let folder = Path.folder(of: file)
    let root = try PlanFile(file)
    var section = PlanSection(root.mapping)
    let plan = Self.read(&section, folder: folder, environment: environment)
    section.finish()
    let problems = root.duplicates + section.problems
    guard let plan, problems.isEmpty else { throw PlanError(file: file, problems: problems) }
    self = plan
  }

  /// Reads every key; nil only where there is no plan without it (sessions, mapping).
  private static func read(
    _ section: inout PlanSection, folder: String, environment: [String: String]
  ) -> RunPlan? {
    let sessions = section.inputPath("sessions", in: folder, environment, required: true)
    let schema = section.schema("mapping", in: folder, environment)
    var plan = RunPlan(sessions: sessions ?? "", schema: schema ?? Schema(arm: []))
    plan.asOf = section.instant("asOf")
    plan.windowDays = section.integer("windowDays", in: 1...3_650, default: plan.windowDays)
    plan.metric = section.word("metric", default: plan.schema.outcome == nil ? .reward : .saved)
    plan.baseline = section.string("baseline")
    plan.experiment = section.section("experiment", Experiment.init(reading:))
    plan.contexts = section.strings("contexts")
    plan.policies = section.policies("policies", in: folder, environment) ?? plan.policies
    plan.offPolicy = section.section("offPolicy", OffPolicyPlan.init(reading:)) ?? plan.offPolicy
    plan.replay = section.section("replay", ReplayPlan.init(reading:)) ?? plan.replay
    plan.slates = section.section("slates", SlatePlan.init(reading:)) ?? nil
    plan.lift = section.section("lift", LiftPlan.init(reading:)) ?? plan.lift
    plan.proof = section.section("proof", ProofPlan.init(reading:)) ?? plan.proof
    plan.diagnostics =
      section.section("diagnostics", DiagnosticsPlan.init(reading:)) ?? plan.diagnostics
    plan.segments = section.section("segments", SegmentPlan.init(reading:)) ?? plan.segments
    plan.recommend = section.section("recommend", RecommendPlan.init(reading:)) ?? plan.recommend
    plan.level = section.number(
      "level", default: plan.level, expected: "a number above 0.5 and below 1"
    ) { $0 > 0.5 && $0 < 1 }
    plan.adjustment = section.word("adjustment", default: plan.adjustment)
    plan.seed = UInt64(section.integer("seed", in: 0...Int.max, default: Int(plan.seed)))
    plan.threads = section.threads(environment)
    plan.maximumRejectedShare = section.share(
      "maximumRejectedShare", default: plan.maximumRejectedShare)
    plan.output = section.outputFolder("output", default: plan.output)
    return sessions == nil || schema == nil ? nil : plan
  }
}

extension RunPlan.Experiment {
  init(reading section: inout PlanSection) {
    column = section.string("column")
    values = section.strings("values")
    allocation =
      section.section("allocation") { section in
        var shares: [String: Double] = [:]
        for arm in section.keys {
          shares[arm] = section.share(arm, default: 0)
        }
        return shares
      } ?? [:]
    if column != nil, values.isEmpty {
      section.report("values", "expected the values of '\(column ?? "")' that were randomised")
    }
  }
}

extension RunPlan.RecommendPlan {
  init(reading section: inout PlanSection) {
    by = section.optionalWord("by", Choice.self)
    minimumSessions = section.integer(
      "minimumSessions", in: 1...1_000_000_000, default: minimumSessions)
    minimumProbability = section.share("minimumProbability", default: minimumProbability)
    priorSessions = section.positive("priorSessions", default: priorSessions)
  }
}
