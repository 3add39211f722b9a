internal import Probability

/// Two halves of the sessions: one to find rules on, one to measure them on.
///
/// A rule that was chosen because it looked good looks too good on the sessions that chose it; on
/// the other half its effect is an honest estimate. All sessions of a customer fall into one half,
/// by a draw that depends on the seed and the customer alone: neither the order of the log nor
/// the other customers change it.
///
/// Reference: Athey and Imbens (2016), *PNAS* 113, 7353–7360.
struct HonestSplit {
  /// The rows on which rules are found, in order.
  private(set) var discovery: [Int] = []
  /// The rows on which they are measured, in order.
  private(set) var estimation: [Int] = []

  init(units: [UInt64], discoveryShare: Double, seed: UInt64) {
    for (row, unit) in units.enumerated() {
      var stream = Philox(StreamKey(seed: seed, purpose: .split, index: unit))
      if stream.uniform() < discoveryShare { discovery.append(row) } else { estimation.append(row) }
    }
  }
}
