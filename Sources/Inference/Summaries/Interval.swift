/// A confidence or credible interval, closed at both ends.
public struct Interval: Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end, no less than the lower.
  public let upper: Double

  /// Creates an interval from its ends.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "an interval's lower end lies below its upper")
    self.lower = lower
    self.upper = upper
  }

  /// The length of the interval.
  public var width: Double { upper - lower }

  /// Whether a value lies in the interval, ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
