import Sessions
import Testing

@Suite struct TimestampTests {
  private func parse(_ text: String, _ format: Schema.TimeFormat = .rfc3339) -> Int64? {
    withBytes(text) { Timestamp.parse($0, format) }
  }

  /// 2,000 instants of the years 2 to 9992 in every offset, against CPython 3.11's `datetime`.
  @Test func agreesWithTheCalendar() {
    let table = referenceTable("timestamps.csv")
    #expect(table.count == 2_000)
    for cells in table {
      #expect(parse(cells[0]) == Int64(cells[1]), "\(cells[0])")
      #expect(
        parse(cells[0].replacing("T", with: " "), .rfc3339Space) == Int64(cells[1]), "\(cells[0])")
    }
  }

  @Test func endsOfTheRange() {
    #expect(parse("0001-01-01T00:00:00Z") == Timestamp.range.lowerBound)
    #expect(parse("9999-12-31T23:59:59.999999Z") == Timestamp.range.upperBound - 1)
    #expect(parse("0001-01-01T00:00:00+00:01") == nil)
    #expect(parse("9999-12-31T23:59:59-00:01") == nil)
  }

  @Test func digitsBelowTheMicrosecondAreCutOff() {
    let second: Int64 = 1_714_564_800_000_000
    #expect(parse("2024-05-01T12:00:00.1234567899Z") == second + 123_456)
    #expect(parse("2024-05-01T12:00:00.9999999Z") == second + 999_999)
    #expect(parse("2024-05-01t12:00:00.5z") == second + 500_000)
    #expect(parse("1969-12-31T23:59:59.9999999Z") == -1)
  }

  @Test(arguments: [
    "", "2024-05-01", "2024-05-01T12:00Z", "2024-05-01T12:00:00", "2024-05-01 12:00:00Z",
    "2024-05-01T12:00:00.Z", "2024-05-01T12:00:00+0530", "2024-05-01T12:00:00+05", "1714564800",
    "2024-05-01T12:00:00Z ", "2024-05-01T12:00:60Z", "2024-05-01T24:00:00Z", "2024-00-01T00:00:00Z",
    "2024-04-31T00:00:00Z", "2100-02-29T00:00:00Z", "2024-05-01T12:00:00+24:00",
    "2024-05-01T12:00:00+05:60", "+2024-05-01T12:00:00Z", "2024-05-0112:00:00.000Z",
  ])
  func refuses(_ text: String) { #expect(parse(text) == nil) }

  @Test func leapDays() {
    #expect(parse("2000-02-29T00:00:00Z") == 951_782_400_000_000)
    #expect(parse("2024-02-29T00:00:00Z") == 1_709_164_800_000_000)
    #expect(parse("1900-02-29T00:00:00Z") == nil)
  }

  @Test func epochTimes() {
    #expect(parse("1714564800", .epochSeconds) == 1_714_564_800_000_000)
    #expect(parse("1714564800.25", .epochSeconds) == 1_714_564_800_250_000)
    #expect(parse("1714564800123", .epochMilliseconds) == 1_714_564_800_123_000)
    #expect(parse("1714564800123.4567", .epochMilliseconds) == 1_714_564_800_123_456)
    #expect(parse("-1.5", .epochSeconds) == -1_500_000)
    // Milliseconds under the name of seconds lie beyond the year 9999.
    #expect(parse("1714564800000", .epochSeconds) == nil)
    for text in ["", "-", "1e9", "+1", " 1", "1.", "99999999999999999999", "2024-05-01T12:00:00Z"] {
      #expect(parse(text, .epochSeconds) == nil, "\(text)")
    }
  }
}
