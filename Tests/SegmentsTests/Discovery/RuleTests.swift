import Segments
import Testing

@Suite struct RuleTests {
  static func data() throws -> SegmentData {
    try SegmentData(
      arms: [0, 1, 0, 1], armNames: ["none", "discount"], rewards: [0, 1, 0, 1],
      covariates: [
        Covariate(
          name: "plan", column: .category(codes: [0, 1, -1, 1], levels: ["basic", "annual"])),
        Covariate(
          name: "tenure_days",
          column: .number(values: [400, 365, 9, .nan], isPresent: [true, true, true, false])),
      ],
      units: [1, 2, 3, 4])
  }

  /// A condition, its text, its predicate, and the sessions it holds for.
  static let conditions: [(Condition, String, String, [Bool])] = [
    (
      Condition("plan", .level("annual")), "plan is annual", #""plan" = 'annual'"#,
      [false, true, false, true]
    ),
    (
      Condition("plan", .missing), "plan is missing", #""plan" IS NULL"#,
      [false, false, true, false]
    ),
    (
      Condition("plan", .level("weekly")), "plan is weekly", #""plan" = 'weekly'"#,
      [false, false, false, false]
    ),
    (
      Condition("tenure_days", .atLeast(365)), "tenure_days ≥ 365", #""tenure_days" >= 365"#,
      [true, true, false, false]
    ),
    (
      Condition("tenure_days", .below(12.5)), "tenure_days < 12.5", #""tenure_days" < 12.5"#,
      [false, false, true, false]
    ),
    (
      Condition("tenure_days", .missing), "tenure_days is missing", #""tenure_days" IS NULL"#,
      [false, false, false, true]
    ),
  ]

  @Test(arguments: conditions)
  func aConditionReadsWritesAndHolds(
    _ condition: Condition, _ text: String, _ predicate: String, _ holds: [Bool]
  ) throws {
    #expect(condition.description == text)
    #expect(condition.predicate == predicate)
    #expect(try condition.holds(in: Self.data()) == holds)
  }

  @Test func aRuleJoinsItsConditions() throws {
    let rule = Rule([
      Condition("plan", .level("annual")), Condition("tenure_days", .atLeast(365)),
    ])
    #expect(rule.description == "plan is annual and tenure_days ≥ 365")
    #expect(rule.predicate == #""plan" = 'annual' AND "tenure_days" >= 365"#)
    #expect(try rule.contains(Self.data()) == [false, true, false, false])
  }

  @Test func quotesAreDoubled() {
    let condition = Condition(#"the "plan""#, .level("'; DROP TABLE sessions; --"))
    #expect(condition.predicate == #""the ""plan""" = '''; DROP TABLE sessions; --'"#)
    // A mark that carries an accent is a mark all the same.
    #expect(Condition("p", .level("'\u{301}")).predicate == "\"p\" = '''\u{301}'")
  }

  @Test func aRuleThatDoesNotFitTheDataIsRefused() throws {
    let data = try Self.data()
    #expect(throws: SegmentError.unknownCovariate("region")) {
      try Rule([Condition("region", .missing)]).contains(data)
    }
    #expect(throws: SegmentError.wrongKind(covariate: "plan")) {
      try Rule([Condition("plan", .below(1))]).contains(data)
    }
    #expect(throws: SegmentError.wrongKind(covariate: "tenure_days")) {
      try Rule([Condition("tenure_days", .level("9"))]).contains(data)
    }
  }
}
