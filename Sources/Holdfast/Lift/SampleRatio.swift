internal import Inference

/// Whether the arms got the shares of sessions that they were meant to get.
public struct SampleRatio: FlatRow, Hashable {
  /// The p-value below which the mismatch is a warning.
  public static let warningLevel = 0.01

  /// The arms.
  public let arms: [String]
  /// The sessions of each.
  public let observed: [Int]
  /// The share each was meant to get.
  public let shares: [Double]
  /// Where the shares come from.
  public let source: String
  /// The p-value of the chi-squared test; nil if it cannot be made.
  public let pValue: Double?
  /// The statistic.
  public let chiSquared: Double?
  /// Why there is no p-value.
  public let refusal: String?

  /// The warning that stands before every lift, if the shares do not fit.
  public var warning: String? {
    guard let pValue, pValue < Self.warningLevel else { return nil }
    return
      "sample ratio mismatch: p \(Decimals.pValue(pValue)): the arms did not get the shares they "
      + "were meant to; the comparison may not be one of like with like"
  }

  init(_ log: EncodedLog, rows: [Int], plan: RunPlan) throws(RunError) {
    arms = log.arms.levels
    var observed = Array(repeating: 0, count: arms.count)
    for row in rows { observed[Int(log.arms.codes[row])] += 1 }
    self.observed = observed
    (shares, source) = try Self.design(log, rows: rows, plan: plan)
    do throws(InferenceError) {
      let test = try SampleRatioTest(observed: observed, weights: shares)
      (pValue, chiSquared, refusal) = (test.pValue, test.chiSquared, nil)
    } catch {
      (pValue, chiSquared) = (nil, nil)
      refusal = Refusal.sentence(error, arm: "an arm", baseline: arms.first ?? "")
    }
  }

  /// The shares the arms were meant to get: the plan's, or the logged ones where each arm has one
  /// and they sum to 1, or equal ones.
  private static func design(
    _ log: EncodedLog, rows: [Int], plan: RunPlan
  ) throws(RunError) -> ([Double], String) {
    let arms = log.arms.levels
    if let allocation = plan.experiment?.allocation, !allocation.isEmpty {
      for arm in allocation.keys.sorted() where !arms.contains(arm) {
        throw .unknownArm(key: "experiment.allocation", arm: arm, seen: arms)
      }
      return (arms.map { allocation[$0] ?? 0 }, "shares: by the plan")
    }
    if let propensities = log.propensities {
      var shares: [Double?] = Array(repeating: nil, count: arms.count)
      var isConstant = true
      for row in rows {
        let arm = Int(log.arms.codes[row])
        isConstant = isConstant && (shares[arm] ?? propensities[row]) == propensities[row]
        shares[arm] = propensities[row]
      }
      let known = shares.compactMap { $0 }
      if isConstant, known.count == arms.count, abs(known.reduce(0, +) - 1) < 1e-6 {
        return (known, "shares: \(log.logging)")
      }
    }
    return (arms.map { _ in 1 / Double(max(1, arms.count)) }, "shares: equal, assumed")
  }

  public static let columns: [Column<SampleRatio>] =
    [
      Column("arms") { .init($0.arms) }, Column("observed") { .init($0.observed.map(String.init)) },
      Column("shares") { .init($0.shares.map { "\($0)" }) }, Column("source") { .init($0.source) },
      Column("method") { _ in .text("chi-squared") },
      Column("chi_squared") { .init($0.chiSquared) }, Column("p") { .init($0.pValue) },
      Column("refusal") { .init($0.refusal) },
      Column("warnings") { .init($0.warning.map { [$0] } ?? []) },
    ]
}
