internal import Inference

/// What was seen of one comparison over all its looks.
public struct LookSummary: Hashable, Sendable {
  /// The number of looks at which both arms were counted.
  public let count: Int
  /// The time of the last one.
  public let last: Double
  /// The first look at which a reading as if it were the only one excludes no effect.
  public let naiveCrossing: Double?
  /// Whether the last look's does; nil where that look has no answer.
  public let crossesLast: Bool?
  /// The first look at which the always-valid interval excludes no effect.
  public let alwaysValidCrossing: Double?
  /// The always-valid p-value of all looks.
  public let alwaysValidPValue: Double?

  /// Sums up the looks at one comparison in their order; nil without any.
  init?(_ rows: [LookRow]) {
    guard let final = rows.last else { return nil }
    count = rows.count
    last = final.look
    naiveCrossing = rows.first { $0.naiveInterval?.contains(0) == false }?.look
    crossesLast = final.naiveInterval.map { !$0.contains(0) }
    alwaysValidCrossing = rows.first { $0.alwaysValidInterval?.contains(0) == false }?.look
    alwaysValidPValue = rows.compactMap(\.alwaysValidPValue).last
  }
}
