/// Reading instants from bytes, to microseconds since 1970-01-01 00:00 UTC.
///
/// RFC 3339: `yyyy-MM-ddTHH:mm:ss[.digits](Z|±HH:mm)`, T and Z in either case, years 0001 to
/// 9999. The offset is not optional: a local time without one may not exist, or exist twice.
/// Digits beyond the microsecond are cut off, never rounded. Leap seconds (":60") are refused.
package enum Timestamp {
  /// 0001-01-01 00:00 UTC and 10000-01-01 00:00 UTC, half-open.
  package static let range: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000
  /// The instants at which a log of subscriptions is plausible: 1990 to 2099.
  package static let plausible: Range<Int64> = 631_152_000_000_000..<4_102_444_800_000_000

  /// Reads an instant, or `nil` if the bytes are none of this format.
  package static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ format: Schema.TimeFormat
  ) -> Int64? {
    let micros: Int64? =
      switch format {
      case .rfc3339: rfc3339(bytes, separator: UInt8(ascii: "t"))
      case .rfc3339Space: rfc3339(bytes, separator: UInt8(ascii: " "))
      case .epochSeconds: epoch(bytes, microsPerUnit: 1_000_000)
      case .epochMilliseconds: epoch(bytes, microsPerUnit: 1_000)
      }
    guard let micros, range.contains(micros) else { return nil }
    return micros
  }

  /// The days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Reference: Hinnant (2013), *chrono-compatible low-level date algorithms*, days_from_civil.
  package static func days(year: Int, month: Int, day: Int) -> Int {
    // Years begin in March, so that the leap day comes last; 400 of them have 146,097 days.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func rfc3339(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) -> Int64? {
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == separator, bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let century = pair(bytes, 0), let yearOfCentury = pair(bytes, 2),
      let month = pair(bytes, 5), let day = pair(bytes, 8),
      let hour = pair(bytes, 11), let minute = pair(bytes, 14), let second = pair(bytes, 17)
    else { return nil }
    let year = century * 100 + yearOfCentury
    guard year >= 1, (1...12).contains(month), (1...length(of: month, year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }

    var index = 19
    guard let fraction = fractionMicros(bytes, &index), let offset = offset(bytes, &index),
      index == bytes.count
    else { return nil }
    let seconds =
      days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
    return (Int64(seconds) - Int64(offset)) * 1_000_000 + fraction
  }

  /// The number that two digits spell.
  @inline(__always)
  private static func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let tens = bytes[index] &- UInt8(ascii: "0")
    let ones = bytes[index + 1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The microseconds that a point and digits spell; none if there is no point.
  private static func fractionMicros(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Int64? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
    index += 1
    let start = index
    var micros: Int64 = 0
    var unit: Int64 = 100_000
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      micros += Int64(digit) * unit
      unit /= 10
      index += 1
    }
    return index > start ? micros : nil
  }

  /// The seconds east of Greenwich.
  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
    guard index < bytes.count else { return nil }
    let sign = bytes[index]
    index += 1
    if sign | 0x20 == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), index + 5 <= bytes.count,
      bytes[index + 2] == UInt8(ascii: ":"),
      let hours = pair(bytes, index), let minutes = pair(bytes, index + 3),
      hours < 24, minutes < 60
    else { return nil }
    index += 5
    let seconds = hours * 3_600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Reads `[-]digits[.digits]` units since the epoch; what is below a microsecond is cut off.
  private static func epoch(
    _ bytes: UnsafeBufferPointer<UInt8>, microsPerUnit: Int64
  ) -> Int64? {
    let negative = bytes.first == UInt8(ascii: "-")
    var index = negative ? 1 : 0
    let start = index
    var units: Int64 = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      guard index - start < 16 else { return nil }
      units = units * 10 + Int64(digit)
      index += 1
    }
    guard index > start else { return nil }
    let (whole, overflow) = units.multipliedReportingOverflow(by: microsPerUnit)
    guard !overflow, let millionths = fractionMicros(bytes, &index), index == bytes.count else {
      return nil
    }
    let magnitude = whole + millionths / (1_000_000 / microsPerUnit)
    return negative ? -magnitude : magnitude
  }
}
