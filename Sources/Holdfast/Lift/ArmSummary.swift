internal import Inference

/// The metric of one arm: a tally where it is 0 or 1, and moments in any case.
struct ArmSummary: Summary {
  private(set) var moments = Moments()
  private(set) var tally = Tally()
  /// Whether each value was 0 or 1.
  private(set) var isBinary = true

  init() {}

  /// Summarises values in their order.
  init(_ values: [Double]) {
    for value in values { add(value) }
  }

  /// The summary of sessions that someone else has counted.
  init(_ tally: Tally) {
    moments = Moments(tally)
    self.tally = tally
  }

  /// The summary of numbers of which someone else has taken the moments.
  init(_ moments: Moments) {
    self.moments = moments
    isBinary = false
  }

  mutating func add(_ value: Double) {
    moments.add(value)
    if value == 0 || value == 1 { tally.add(success: value == 1) } else { isBinary = false }
  }

  mutating func merge(_ other: ArmSummary) {
    moments.merge(other.moments)
    tally.merge(other.tally)
    isBinary = isBinary && other.isBinary
  }

  /// The mean; nil without sessions.
  var mean: Double? {
    guard moments.count > 0 else { return nil }
    return isBinary ? tally.proportion : moments.mean
  }

  /// A summary for each arm of the sessions given; sessions without a value are left out.
  static func byArm(
    _ log: EncodedLog, rows: [Int], value: (Int) -> Double?
  ) -> [ArmSummary] {
    var summaries = Array(repeating: ArmSummary(), count: log.arms.levels.count)
    for row in rows {
      if let value = value(row) { summaries[Int(log.arms.codes[row])].add(value) }
    }
    return summaries
  }
}
