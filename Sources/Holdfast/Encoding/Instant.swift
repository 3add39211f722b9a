internal import Sessions

/// Instants as texts, in microseconds since 1970 UTC.
enum Instant {
  /// An instant as RFC 3339 in UTC, with a fraction only where there is one.
  static func text(_ microseconds: Int64) -> String {
    let days = Int((Double(microseconds) / 86_400_000_000).rounded(.down))
    let inDay = microseconds - Int64(days) * 86_400_000_000
    let seconds = Int(inDay / 1_000_000)
    let fraction = Int(inDay % 1_000_000)
    let date = civil(days: days)
    let time =
      "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
      + "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    return fraction == 0 ? "\(time)Z" : "\(time).\(padded(fraction, 6))Z"
  }

  /// Reads RFC 3339 with its offset.
  static func microseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { Timestamp.parse($0, .rfc3339) }
  }

  /// The date that lies some days after 1970-01-01: the year that contains it, then the month.
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    // 400 years have 146,097 days, so the quotient is at most one year off.
    var year = 1970 + Int((Double(days) / 365.2425).rounded(.down))
    while Timestamp.days(year: year, month: 1, day: 1) > days { year -= 1 }
    while Timestamp.days(year: year + 1, month: 1, day: 1) <= days { year += 1 }
    var month = 12
    while Timestamp.days(year: year, month: month, day: 1) > days { month -= 1 }
    return (year, month, days - Timestamp.days(year: year, month: month, day: 1) + 1)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
