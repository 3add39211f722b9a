internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The smallest difference of effects, inside a segment against outside, that a search could see.
///
///     δ = (z_{1−α/(2m)} + z_power) √((s₁²/n₁ + s₀²/n₀) / (q(1 − q)))
///
/// for a segment of a share `q` of the estimation half, at the strictest step of Holm's procedure
/// over `m` tests. Where nothing was found, smaller differences may be there all the same.
public struct DetectableDifference: Hashable, Sendable {
  /// The name of the arm.
  public let arm: String
  /// The share of sessions in the segment.
  public let share: Double
  /// The chance to see the difference.
  public let power: Double
  /// The number of tests that are adjusted for.
  public let tests: Int
  /// The difference `δ`, in the unit of the reward.
  public let difference: Double

  /// The same for a segment of another share of the sessions.
  public func difference(share other: Double) -> Double {
    precondition(0 < other && other < 1, "a segment has a part of the sessions")
    return difference * ((share * (1 - share)) / (other * (1 - other))).squareRoot()
  }

  /// The differences of every arm but the baseline; an arm without two sessions has none,
  /// nor one whose rewards and those of the baseline do not vary.
  static func all(
    _ data: SegmentData, baseline: Int, tests: Int, level: Double, power: Double = 0.8
  ) -> [DetectableDifference] {
    let customers = CustomerIndex(data.units)
    let rows = Array(data.arms.indices)
    let tests = max(1, tests)
    let margin =
      StandardNormal.upperQuantile((1 - level) / 2 / Double(tests))
      + StandardNormal.upperQuantile(1 - power)
    return data.armNames.indices.filter { $0 != baseline }.compactMap { arm in
      guard
        let whole = ArmDifference(data, rows, arm: arm, baseline: baseline, customers: customers),
        whole.variance > 0
      else { return nil }
      return DetectableDifference(
        arm: data.armNames[arm], share: 0.5, power: power, tests: tests,
        difference: margin * (4 * whole.variance).squareRoot())
    }
  }
}

extension DetectableDifference: CustomStringConvertible {
  /// The difference in words.
  public var description: String {
    "a difference of \(difference) in the effect of \(arm) between two halves would have been seen "
      + "with chance \(power)"
  }
}
