import Inference
import Testing

@Suite struct LifeTableTests {
  static let durations = [3, 0, 7.5, 3, 30, 30, -0.0, 12, 3]
  static let events = [true, false, true, false, false, true, true, true, true]

  @Test func sessionsAreCountedByTime() throws {
    let table = try LifeTable(durations: Self.durations, events: Self.events)
    #expect(table.rows.map(\.time) == [0, 3, 7.5, 12, 30])
    #expect(table.rows.map(\.events) == [1, 2, 1, 1, 1])
    #expect(table.rows.map(\.censored) == [1, 1, 0, 0, 1])
    #expect((table.count, table.eventCount) == (9, 6))
    #expect([0, 3, 4, 30, 31].map(table.atRisk) == [9, 7, 4, 2, 0])
  }

  @Test(arguments: 0...9)
  func partsMergeToTheWhole(_ cut: Int) throws {
    let whole = try LifeTable(durations: Self.durations, events: Self.events)
    var left = try LifeTable(
      durations: Array(Self.durations[..<cut]), events: Array(Self.events[..<cut]))
    var right = LifeTable()
    for index in cut..<9 {
      right.add(
        duration: Self.durations[index], events: Self.events[index] ? 1 : 0,
        censored: Self.events[index] ? 0 : 1)
    }
    let before = left
    left.merge(right)
    #expect(left == whole)
    right.merge(before)
    #expect(right == whole)
  }

  @Test func aHorizonHidesWhatComesLater() throws {
    let table = try LifeTable(durations: Self.durations, events: Self.events).censored(at: 7.5)
    #expect(table.rows.map(\.time) == [0, 3, 7.5])
    #expect(table.rows.map(\.events) == [1, 2, 1])
    #expect(table.rows.map(\.censored) == [1, 1, 3])
  }

  @Test func followUpEndsAtTheLastWatchUnlessNobodyIsLeft() throws {
    #expect(try LifeTable(durations: [3, 8], events: [true, false]).followUp == 8)
    #expect(try LifeTable(durations: [3, 8], events: [false, true]).followUp == .infinity)
  }

  @Test(arguments: [-1, .nan, .infinity])
  func aDurationIsANumberFromZeroUp(_ wrong: Double) {
    #expect(throws: InferenceError.self) {
      try LifeTable(durations: [1, wrong], events: [true, true])
    }
  }
}
