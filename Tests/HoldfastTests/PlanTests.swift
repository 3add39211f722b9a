import Foundation
import Holdfast
import Inference
import Testing

/// A plan is checked once, whole, and each problem is told with its place.
@Suite struct PlanTests {
  /// The least plan, to which tests add their keys.
  static let least = """
    sessions: log.csv
    mapping: {arm: offer, reward: visit}

    """

  private func hostile(_ name: String) throws -> [PlanProblem] {
    let reference = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let file = reference.appending(path: "nasty/\(name)").path
    let error = #expect(throws: PlanError.self) {
      try RunPlan(contentsOf: file, environment: [:])
    }
    return error?.problems ?? []
  }

  @Test func anEscapingOutputIsRefusedByLineAndPath() throws {
    let problems = try hostile("g01_config_traversal.json")
    let output = try #require(problems.first { $0.key == "output" })
    #expect(output.line == 3)
    #expect(output.message.contains("'../../../../tmp/holdfast_escape.csv'"))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/holdfast_escape.csv"))
  }

  @Test(arguments: ["/etc/cron.d/holdfast", "~root/.ssh", "a/../b", "..", "../x"])
  func anOutputMayNotLeaveTheFolder(_ path: String) throws {
    let found = try problems(Self.least + "output: \"\(path)\"")
    #expect(found.map(\.key) == ["output"])
  }

  @Test func allBadValuesAreToldAtOnce() throws {
    let problems = try hostile("g02_config_bad_values.json")
    #expect(problems.count >= 6)
    #expect(problems.contains { $0.key == "alpha" && $0.message == "this key stands twice" })
    for key in ["alpha", "seed", "replications", "threads", "unknown_key", "window_days"] {
      #expect(problems.contains { $0.key == key && $0.line == 1 && $0.column > 1 }, "\(key)")
    }
    for key in ["sessions", "mapping"] {
      #expect(problems.contains { $0.key == key && $0.message == "this key is required" })
    }
  }

  @Test func problemsStandInTheOrderOfTheirPlaces() throws {
    let found = try problems(
      Self.least + """
        level: 0.8
        nonsense: 1
        seed: -1
        level: 0.9
        metric: happiness
        """)
    #expect(found.map(\.line) == [3, 4, 5, 7])
    #expect(found.map(\.key) == ["level", "nonsense", "seed", "metric"])
    #expect(found.first?.message == "this key stands twice")
  }

  /// One wrong key each, and a part of what the message must say.
  static let refused: [(line: String, key: String, says: String)] = [
    ("windowDays: \"30\"", "windowDays", "expected a whole number from 1 to 3650"),
    ("windowDays: 0", "windowDays", "expected a whole number"),
    ("windowDays: 30.5", "windowDays", "expected a whole number"),
    ("threads: 257", "threads", "from 1 to 256"),
    ("seed: 1e99", "seed", "expected a whole number"),
    ("seed: -1", "seed", "expected a whole number"),
    ("level: .nan", "level", "above 0.5 and below 1"),
    ("level: 0x1p-1", "level", "above 0.5 and below 1"),
    ("level: 1", "level", "above 0.5 and below 1"),
    ("level: [0.95]", "level", "'a list' is not allowed"),
    ("maximumRejectedShare: 1.01", "maximumRejectedShare", "a number from 0 to 1"),
    ("metric: clicks", "metric", "saved, reward"),
    ("adjustment: tukey", "adjustment", "expected one of"),
    ("asOf: 2026-01-31", "asOf", "2026-01-31T00:00:00Z"),
    ("asOf: 2026-02-30T00:00:00Z", "asOf", "no instant"),
    ("contexts: {a: b}", "contexts", "a text or a list of texts"),
    ("segments: 3", "segments", "a mapping of keys to values"),
    ("segments: {depth: 3}", "segments.depth", "from 1 to 2"),
    ("segments: {deep: 1}", "segments.deep", "unknown key; allowed here: columns"),
    ("offPolicy: {minimumEffectiveSampleSize: 1}", "offPolicy.minimumEffectiveSampleSize", "2"),
    ("recommend: {priorSessions: 0}", "recommend.priorSessions", "a number above 0"),
    ("recommend: {minimumProbability: 80}", "recommend.minimumProbability", "from 0 to 1"),
    ("experiment: {column: phase}", "experiment.values", "the values of 'phase'"),
    ("experiment: {allocation: {a: 2}}", "experiment.allocation.a", "from 0 to 1"),
    ("policies: []", "policies", "expected a list of policies"),
    ("policies: [best]", "policies", "'best' is not a policy; expected one of uniform"),
    ("policies: [{always: a, sometimes: b}]", "policies[0].sometimes", "unknown key"),
    ("policies: [uniform, {table: {name: t}}]", "policies[1].table.file", "required"),
    ("policies: [{epsilon-greedy: 2}]", "policies[0].epsilon-greedy", "from 0 to 1"),
  ]

  @Test(arguments: refused)
  func aWrongValueIsRefusedByKey(_ wrong: (line: String, key: String, says: String)) throws {
    let found = try problems(Self.least + wrong.line)
    let problem = try #require(found.first { $0.key == wrong.key }, "\(found)")
    #expect(problem.line == 3)
    #expect(problem.message.contains(wrong.says), "\(problem)")
  }

  @Test func aPathMayBeginWithAVariable() throws {
    let text = "sessions: ${LOGS}/log.csv\nmapping: {arm: offer, reward: visit}"
    let unset = try problems(text)
    #expect(unset.map(\.key) == ["sessions"])
    #expect(unset.first?.message.contains("environment variable LOGS is not set") == true)
    #expect(try problems(text, environment: ["LOGS": ""]).map(\.key) == ["sessions"])
    #expect(try plan(text, environment: ["LOGS": "/a/b"]).sessions == "/a/b/log.csv")
  }

  @Test(arguments: ["", "- a\n- b", "just text", "a: [1, 2", "a: \"unclosed", "\u{0}", "&a [*a]"])
  func whatIsNoMappingIsRefused(_ text: String) throws {
    #expect(try problems(text).count == 1)
  }

  @Test func aFileThatCannotBeReadIsNamed() {
    let error = #expect(throws: PlanError.self) {
      try RunPlan(contentsOf: "/nowhere/plan.yaml", environment: [:])
    }
    #expect(error?.description.contains("/nowhere/plan.yaml") == true)
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try problems(Self.least + "contexts: \(deep)").isEmpty == false)
  }

  @Test func theLeastPlanHasTheDefaults() throws {
    let plan = try plan(Self.least)
    #expect(plan.metric == .reward)
    #expect(plan.policies == PolicyPlan.standard)
    #expect(plan.adjustment == Multiplicity.holm)
    #expect(plan.maximumRejectedShare == 0)
  }

  @Test(arguments: [
    "cancel_sessions", "cookie_cats", "hillstrom", "ibm_renewal_offers", "open_bandit", "tanf",
  ])
  func everyBundledPlanParses(_ dataset: String) throws {
    #expect(throws: Never.self) { try Project.plan(dataset) }
  }

  @Test(arguments: ["asos", "upworthy"])
  func everyBundledPlanOfExperimentsParses(_ dataset: String) {
    #expect(throws: Never.self) {
      try ExperimentsPlan(
        contentsOf: Project.path("datasets/\(dataset)/plan.yaml"),
        environment: ["HOLDFAST_DATASETS": "/nowhere"])
    }
  }

  @Test func noBundledPlanIsForgotten() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Project.path("datasets"))
    let plans = folders.filter {
      FileManager.default.fileExists(atPath: Project.path("datasets/\($0)/plan.yaml"))
    }
    #expect(plans.count == 9)
  }
}
