import Sessions
import Testing

@Suite struct LifecycleTests {
  static let day: Int64 = 86_400_000_000
  static let start: Int64 = 1_714_564_800_000_000
  static let end = start + 30 * day

  private func state(
    _ outcome: Outcome? = .deflected, canceledAt: Int64? = nil, lastSeenAt: Int64? = nil,
    asOf: Int64, days: Int = 30
  ) -> SessionState {
    Lifecycle(windowDays: days, asOf: asOf).state(
      outcome: outcome, time: Self.start, canceledAt: canceledAt, lastSeenAt: lastSeenAt)
  }

  @Test func theWindowClosesAtItsEndToTheMicrosecond() {
    #expect(state(asOf: Self.end - 1) == .watchlist)
    #expect(state(asOf: Self.end) == .saved)
    #expect(state(asOf: Self.start + Self.day - 1, days: 1) == .watchlist)
    #expect(state(asOf: Self.start + Self.day, days: 1) == .saved)
  }

  @Test func aCancelCountsInsideTheWindowOnly() {
    let late = Self.end + Self.day
    #expect(state(canceledAt: Self.start, asOf: late) == .lost)
    #expect(state(canceledAt: Self.end - 1, asOf: late) == .lost)
    #expect(state(canceledAt: Self.end, asOf: late) == .saved)
    #expect(state(canceledAt: Self.start - 1, asOf: late) == .invalid)
  }

  @Test func whatHappensAfterTheDateIsNotYetKnown() {
    let cancel = Self.start + 10 * Self.day
    #expect(state(canceledAt: cancel, asOf: cancel - 1) == .watchlist)
    #expect(state(canceledAt: cancel, asOf: cancel) == .lost)
    #expect(state(asOf: Self.start - 1) == .unknown)
    #expect(state(.canceled, asOf: Self.start - 1) == .unknown)
    #expect(state(asOf: Self.start) == .watchlist)
  }

  @Test func savedNeedsObservationToTheEnd() {
    let late = Self.end + Self.day
    #expect(state(lastSeenAt: Self.end - 1, asOf: late) == .unknown)
    #expect(state(lastSeenAt: Self.end, asOf: late) == .saved)
    #expect(state(lastSeenAt: Self.start, asOf: Self.end - 1) == .watchlist)
    // A cancel after the window proves that the customer was there through it.
    #expect(state(canceledAt: Self.end, lastSeenAt: Self.start, asOf: late) == .saved)
  }

  @Test(arguments: [
    (Outcome.deflected, SessionState.saved), (.downgraded, .saved), (.paused, .saved),
    (.abandoned, .saved), (.canceled, .canceled), (.invalid, .invalid),
  ])
  func everyOutcomeHasItsState(_ outcome: Outcome, _ expected: SessionState) {
    #expect(state(outcome, asOf: Self.end) == expected)
  }

  @Test func withoutAnOutcomeNothingIsKnown() {
    #expect(state(nil, asOf: Self.end) == .unknown)
  }

  @Test func aChunkIsJudgedRowByRow() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.time = Schema.InstantRole(column: "t", format: .epochSeconds)
    mapping.outcome = Schema.OutcomeRole(
      column: "end", words: ["kept": .deflected, "left": .canceled])
    mapping.canceledAt = Schema.InstantRole(column: "gone", format: .epochSeconds)
    let table = try read("offer,t,end,gone\na,0,kept,\nb,0,left,\na,0,kept,86400\n", mapping)
    let chunk = try #require(table.chunks.first)
    #expect(
      Lifecycle(asOf: 30 * Self.day).states(of: chunk) == [.saved, .canceled, .lost])
  }
}
