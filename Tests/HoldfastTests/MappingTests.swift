import Holdfast
import Sessions
import Testing

/// The mapping of columns to roles is checked with the plan that holds or names it.
@Suite struct MappingTests {
  /// Mappings with a mistake, and a part of what the message must say.
  static let badMappings: [(mapping: String, says: String)] = [
    ("{arm: [], reward: visit}", "arm: names no column"),
    ("{arm: [a, a], reward: visit}", "arm: names a column twice"),
    ("{reward: visit}", "arm"),
    ("{arm: a, reward: visit, prize: b}", "prize"),
    ("{arm: a, reward: {column: visit, minimum: 2, maximum: 1}}", "above its maximum"),
    ("{arm: a, reward: {column: visit, minimum: .nan}}", "minimum"),
    ("{arm: a, reward: {column: visit, maximum: .inf}}", "maximum"),
    ("{arm: a, reward: {column: visit, values: {y: .nan}}}", "reward.values.y"),
    ("{arm: a, reward: visit, where: {b: []}}", "keeps no value"),
    ("{arm: a, reward: visit, covariates: {b: colour}}", "covariates"),
  ]

  @Test(arguments: badMappings)
  func aMistakeOfTheMappingIsTold(_ wrong: (mapping: String, says: String)) throws {
    let found = try problems("sessions: log.csv\nmapping: \(wrong.mapping)")
    #expect(found.map(\.key) == ["mapping"], "\(found)")
    #expect(found.contains { $0.line == 2 && $0.message.contains(wrong.says) }, "\(found)")
  }

  @Test func aMappingInAFileOfItsOwnIsFoundBesideThePlan() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("sessions: log.csv\nmapping: sub/mapping.yaml", to: "plan.yaml")
    #expect(throws: PlanError.self) { try RunPlan(contentsOf: file, environment: [:]) }
    try folder.write("arm: offer\nreward: visit\narm: card", to: "sub/mapping.yaml")
    let error = #expect(throws: PlanError.self) {
      try RunPlan(contentsOf: file, environment: [:])
    }
    #expect(error?.problems.count == 1)
    #expect(error?.description.contains("arm: this key stands twice") == true)
    try folder.write("arm: offer\nreward: visit", to: "sub/mapping.yaml")
    let plan = try RunPlan(contentsOf: file, environment: [:])
    #expect(plan.schema.arm == ["offer"])
    #expect(plan.sessions == "\(folder.path)/log.csv")
  }

  @Test func aKeyThatStandsTwiceInAMappingIsToldOnce() throws {
    let found = try problems("sessions: log.csv\nmapping: {arm: a, reward: visit, arm: b}")
    #expect(found.map(\.message) == ["this key stands twice"])
  }

  /// YAML 1.1 takes these for truth values; here they are the levels of a column.
  @Test func wordsOfYAMLStayWords() throws {
    let plan = try plan(
      """
      sessions: log.csv
      mapping:
        arm: offer
        reward: {column: kept, values: {TRUE: 1, FALSE: 0, Yes: 1, no: 0, on: 1, ~: 0}}
        where: {consent: [yes, Off]}
      experiment: {column: phase, values: [no, TRUE]}
      contexts: [y, null]
      """)
    #expect(
      plan.schema.reward?.values == ["TRUE": 1, "FALSE": 0, "Yes": 1, "no": 0, "on": 1, "~": 0])
    #expect(plan.schema.filter == ["consent": ["yes", "Off"]])
    #expect(plan.experiment?.values == ["no", "TRUE"])
    #expect(plan.contexts == ["y", "null"])
  }
}
