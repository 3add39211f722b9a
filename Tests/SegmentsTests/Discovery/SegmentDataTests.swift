import Segments
import Testing

@Suite struct SegmentDataTests {
  static func make(
    arms: [Int32] = [0, 1], rewards: [Double] = [0, 1], covariates: [Covariate] = [],
    units: [UInt64] = [1, 2]
  ) throws(SegmentError) -> SegmentData {
    try SegmentData(
      arms: arms, armNames: ["none", "discount"], rewards: rewards, covariates: covariates,
      units: units)
  }

  @Test func columnsAreOfOneLength() {
    #expect(throws: SegmentError.lengthMismatch(column: "reward", count: 1, sessions: 2)) {
      try Self.make(rewards: [1])
    }
    #expect(throws: SegmentError.lengthMismatch(column: "customer", count: 0, sessions: 2)) {
      try Self.make(units: [])
    }
    let short = Covariate(name: "plan", column: .category(codes: [0], levels: ["basic"]))
    #expect(throws: SegmentError.lengthMismatch(column: "plan", count: 1, sessions: 2)) {
      try Self.make(covariates: [short])
    }
  }

  @Test func elementsAreWhatTheirColumnSays() {
    #expect(throws: SegmentError.unknownArm(row: 1, code: 2)) { try Self.make(arms: [0, 2]) }
    #expect(throws: SegmentError.rewardNotFinite(row: 0)) { try Self.make(rewards: [.nan, 1]) }
    let plan = Covariate(name: "plan", column: .category(codes: [-1, 1], levels: ["basic"]))
    #expect(throws: SegmentError.unknownLevel(covariate: "plan", row: 1, code: 1)) {
      try Self.make(covariates: [plan])
    }
    // The same letter, composed and decomposed: two codes, one text.
    let names = ["caf\u{e9}", "cafe\u{301}"]
    let twice = Covariate(name: "plan", column: .category(codes: [0, 1], levels: names))
    #expect(throws: SegmentError.duplicateLevel(covariate: "plan", level: names[1])) {
      try Self.make(covariates: [twice])
    }
    let tenure = Covariate(
      name: "tenure", column: .number(values: [.nan, .infinity], isPresent: [false, true]))
    #expect(throws: SegmentError.numberNotFinite(covariate: "tenure", row: 1)) {
      try Self.make(covariates: [tenure])
    }
    let fine = Covariate(name: "plan", column: .category(codes: [-1, 0], levels: ["basic"]))
    #expect(throws: SegmentError.duplicateCovariate("plan")) {
      try Self.make(covariates: [fine, fine])
    }
  }

  @Test func aSearchNeedsAnArmAndABaseline() throws {
    let alone = try Self.make(arms: [1, 1])
    #expect(throws: SegmentError.noBaseline(arm: "none")) {
      try SegmentSearch().run(alone, baseline: 0)
    }
    #expect(throws: SegmentError.tooFewArms(1)) { try SegmentSearch().run(alone, baseline: 1) }
  }
}
