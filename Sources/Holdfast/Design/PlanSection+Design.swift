internal import Yams

extension PlanSection {
  /// The numbers of a list, or one number for a list of one; empty if the key is not there.
  mutating func numbers(
    _ key: String, expected: String, where isAllowed: (Double) -> Bool
  ) -> [Double] {
    guard let node = node(key) else { return [] }
    let items = node.sequence.map(Array.init) ?? [node]
    if items.isEmpty { report(key, at: node, "expected a number or a list of numbers") }
    if items.count > Self.longestList {
      report(key, at: node, "expected at most \(Self.longestList) numbers")
      return []
    }
    return items.compactMap { item in
      if let value = item.plainNumber, isAllowed(value) { return value }
      report(key, at: item, "'\(item.summary)' is not allowed; expected \(expected)")
      return nil
    }
  }

  /// A number that may be left out.
  mutating func optionalNumber(
    _ key: String, expected: String, where isAllowed: (Double) -> Bool
  ) -> Double? {
    guard node(key) != nil else { return nil }
    return requiredNumber(key, expected: expected, where: isAllowed)
  }

  /// One of a few words, if the key is there.
  mutating func optionalWord<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, default fallback: Word
  ) -> Word? {
    node(key) == nil ? nil : word(key, default: fallback)
  }

  /// A day, or an instant as RFC 3339, in microseconds since 1970 UTC; a day begins at midnight UTC.
  mutating func dayOrInstant(_ key: String) -> Int64? {
    guard let text = string(key) else { return nil }
    if let instant = Instant.microseconds(text) ?? Instant.microseconds(text + "T00:00:00Z") {
      return instant
    }
    report(
      key, at: node(key),
      "'\(text)' is no day; expected one like 2026-12-01 or 2026-12-01T09:00:00Z")
    return nil
  }

  private static var longestList: Int { 100 }
}
