import Bandits
import Testing

@Suite struct RecordedPropensitiesTests {
  func log(_ arms: [Int32], _ propensities: [Double], armCount: Int) throws -> DecisionLog {
    try DecisionLog(
      arms: arms, rewards: arms.map { _ in 1 }, propensities: propensities,
      cells: arms.map { _ in 0 }, armCount: armCount, cellCount: 1)
  }

  @Test func whatWasRecordedOfTheArmsShownIsKept() throws {
    let log = try log([0, 1, 2, 2, 0], [0.5, 0.3, 0.2, 0.1, 0.9], armCount: 3)
    let recorded = try RecordedPropensities(log, groups: [0, 0, 0, 1, 1], groupCount: 2)
    // In the second group arm 1 was shown to nobody: it has what the others leave, which is nothing.
    #expect(recorded.table.row(0).map { $0 } == [0.5, 0.3, 0.2])
    #expect(recorded.table[1, 0] == 0.9 && abs(recorded.table[1, 2] - 0.1) < 1e-15)
    #expect(abs(recorded.table[1, 1]) < 1e-15 && recorded.guessedGroups == 0)
  }

  @Test func armsShownToNobodyShareTheRest() throws {
    let log = try log([0, 0], [0.6, 0.6], armCount: 3)
    let recorded = try RecordedPropensities(log, groups: [0, 0], groupCount: 2)
    for (found, expected) in zip(recorded.table.row(0), [0.6, 0.2, 0.2]) {
      #expect(abs(found - expected) < 1e-15)
    }
    // Nothing is known of a group without sessions.
    #expect(recorded.table.row(1).allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
    #expect(recorded.guessedGroups == 2)
  }

  @Test func whatCannotBeIsRefused() throws {
    let varying = try log([0, 0], [0.6, 0.5], armCount: 2)
    #expect(throws: OffPolicyError.propensityVaries(group: 0, arm: 0)) {
      try RecordedPropensities(varying, groups: [0, 0], groupCount: 1)
    }
    let excess = try log([0, 1], [0.6, 0.5], armCount: 2)
    #expect(throws: OffPolicyError.self) {
      try RecordedPropensities(excess, groups: [0, 0], groupCount: 1)
    }
    // Rounded to three decimals they still count, and then sum to 1.
    let rounded = try log([0, 1, 2], [0.333, 0.333, 0.333], armCount: 3)
    let recorded = try RecordedPropensities(rounded, groups: [0, 0, 0], groupCount: 1)
    #expect(abs(recorded.table.values.reduce(0, +) - 1) < 1e-15)
  }
}
