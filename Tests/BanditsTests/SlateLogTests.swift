import Bandits
import Testing

/// What a log of pages refuses at the door.
@Suite struct SlateLogTests {
  /// Two pages of two slots and three arms, changed in one place.
  func log(
    cells: [Int32] = [0, 1], arms: [Int32] = [0, 1, 2, 0], rewards: [Double] = [0, 1, 0.5, 0],
    joint: [Double] = [], cascade: [Double] = [0.5, 0.25, 0.4, 0.1],
    marginal: [Double] = [0.5, 0.3, 0.4, 0.2]
  ) throws(OffPolicyError) -> SlateLog {
    try SlateLog(
      cells: cells, arms: arms, rewards: rewards,
      propensities: SlatePropensities(joint: joint, cascade: cascade, marginal: marginal),
      slotCount: 2, armCount: 3, cellCount: 2)
  }

  @Test func aSoundLog() throws {
    let log = try log()
    #expect(log.count == 2)
    #expect(log.pageRewards == [1, 0.5])
    #expect(log.propensities.joint == [0.25, 0.1])
    #expect(log.counts[0] == [1, 0, 0, 0, 0, 1])
    #expect(log.counts[1] == [0, 1, 0, 1, 0, 0])
  }

  @Test func badRowsAreNamed() {
    #expect(throws: OffPolicyError.cellOutOfRange(row: 1, cell: 2)) { try log(cells: [0, 2]) }
    #expect(throws: OffPolicyError.armOutOfRange(row: 0, arm: 3)) { try log(arms: [0, 3, 2, 0]) }
    #expect(throws: OffPolicyError.armOutOfRange(row: 1, arm: -1)) { try log(arms: [0, 1, -1, 0]) }
    #expect(throws: OffPolicyError.rewardNotFinite(row: 1)) { try log(rewards: [0, 0, 0, .nan]) }
    #expect(throws: OffPolicyError.emptyLog) {
      try log(cells: [], arms: [], rewards: [], cascade: [], marginal: [])
    }
  }

  @Test func propensitiesThatContradictOneAnotherAreRefused() {
    // The chance of a page cannot rise on the way down.
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 0)) {
      try log(cascade: [0.25, 0.3, 0.4, 0.1])
    }
    // Nor can an arm be in a slot less often than on this page.
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 1)) {
      try log(marginal: [0.5, 0.3, 0.4, 0.05])
    }
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 1)) {
      try log(joint: [0.25, 0.2])
    }
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 0)) {
      try log(joint: [.nan, 0.1], cascade: [], marginal: [])
    }
    #expect(throws: OffPolicyError.propensityOutOfRange(row: 1)) {
      try log(cascade: [], marginal: [0.5, 0.3, 0, 0.05])
    }
  }

  @Test func whatWasNotRecordedIsAskedForByName() throws {
    let bare = try log(joint: [0.25, 0.1], cascade: [], marginal: [])
    let target = try PlackettLuce(
      weights: ActionTable(cellCount: 2, armCount: 3, values: [1, 1, 1, 1, 1, 1]), slotCount: 2)
    #expect(throws: OffPolicyError.notRecorded(.cascade)) {
      try SlateImportanceSampling(.cascade, floors: .none).estimate(target, on: bare)
    }
    #expect(throws: OffPolicyError.notRecorded(.marginal)) {
      try SelfNormalizedSlateImportanceSampling(.independent, floors: .none)
        .estimate(target, on: bare)
    }
    let marginals = try log(cascade: [])
    #expect(throws: OffPolicyError.notRecorded(.joint)) {
      try SlateImportanceSampling(.any, floors: .none).estimate(target, on: marginals)
    }
  }

  @Test func policiesThatAreNoneAreRefused() {
    let lame = ActionTable(cellCount: 1, armCount: 3, values: [1, 0, 0])
    #expect(throws: OffPolicyError.notProbabilities(cell: 0, sum: 1)) {
      try PlackettLuce(weights: lame, slotCount: 2)
    }
    #expect(throws: OffPolicyError.notProbabilities(cell: 0, sum: 0.5)) {
      try FactoredSlates([
        lame, ActionTable(cellCount: 1, armCount: 3, values: [0.5, 0, 0]),
      ])
    }
  }
}
