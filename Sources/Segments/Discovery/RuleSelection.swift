/// The choice of a few rules that differ from each other.
///
/// A log has many near copies of its best rule: neighbouring cuts, and the complement of a level.
/// Going down the list, a rule is kept if it divides the sessions otherwise than those kept before:
/// if neither it nor its complement shares more than a part of its sessions with any of them,
/// `|A ∩ B| / |A ∪ B| ≤ limit`.
struct RuleSelection {
  /// The rules kept, in the order of the list.
  private(set) var rules: [Rule] = []
  private var members: [SessionSet] = []
  private let data: SegmentData
  private let overlapLimit: Double
  /// The sessions that meet a condition, kept because conditions come back in many rules.
  private var conditions: [Condition: SessionSet] = [:]

  init(_ data: SegmentData, overlapLimit: Double) {
    self.data = data
    self.overlapLimit = overlapLimit
  }

  /// Keeps a rule unless it repeats one kept before.
  mutating func consider(_ rule: Rule) throws(SegmentError) {
    let inside = try sessions(of: rule)
    guard !isKept(inside) else { return }
    rules.append(rule)
    members.append(inside)
  }

  /// Whether a rule divides the sessions as one of those kept does.
  mutating func repeats(_ rule: Rule) throws(SegmentError) -> Bool {
    isKept(try sessions(of: rule))
  }

  private func isKept(_ inside: SessionSet) -> Bool {
    members.contains { inside.overlap(with: $0) > overlapLimit }
  }

  private mutating func sessions(of rule: Rule) throws(SegmentError) -> SessionSet {
    var inside = SessionSet(all: data.arms.count)
    for condition in rule.conditions { inside.formIntersection(try members(of: condition)) }
    return inside
  }

  private mutating func members(of condition: Condition) throws(SegmentError) -> SessionSet {
    if let known = conditions[condition] { return known }
    let members = SessionSet(try condition.holds(in: data))
    conditions[condition] = members
    return members
  }
}

/// A set of sessions, one bit each.
private struct SessionSet {
  private var words: [UInt64]
  private let sessions: Int

  init(all sessions: Int) {
    self.init(Array(repeating: true, count: sessions))
  }

  init(_ inside: [Bool]) {
    sessions = inside.count
    words = Array(repeating: 0, count: (inside.count + 63) / 64)
    for (row, isInside) in inside.enumerated() where isInside { words[row / 64] |= 1 << (row % 64) }
  }

  mutating func formIntersection(_ other: SessionSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// The share of their union that two sets have in common, or that one has with the complement of
  /// the other, whichever is greater.
  func overlap(with other: SessionSet) -> Double {
    var (both, own, others) = (0, 0, 0)
    for index in words.indices {
      both += (words[index] & other.words[index]).nonzeroBitCount
      own += words[index].nonzeroBitCount
      others += other.words[index].nonzeroBitCount
    }
    return max(
      Self.ratio(both, own + others - both),
      Self.ratio(own - both, sessions - others + both))
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
