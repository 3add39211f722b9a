#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Inference
internal import Probability

/// The value of the arm that came out best, corrected for having been chosen for its luck.
///
/// Given that arm θ won, and given the part of the other estimates that is independent of it, its
/// estimate `X` is normal but cut off below at `L`, what the runner-up had, and above at `U`. The hybrid
/// procedure cuts off as well what a simultaneous interval of all arms leaves out,
///
///     F(x; μ) = P(X ≤ x | max(L, μ − cσ) ≤ X ≤ min(U, μ + cσ)),   X ~ N(μ, σ²)
///     estimate     F(X; μ̂) = ½
///     interval     F(X; μ) = 1 − η/2 … η/2,   η = (α − β)/(1 − β),   β = α/10
///
/// where `c` holds all arms at once with probability `1 − β` (Šidák's bound, exact for independent
/// errors). It covers the value of the arm chosen with at least `1 − α`, and its estimate is all but
/// median-unbiased. The purely conditional interval is not offered: it is at times of any width, while
/// this one is never wider than the simultaneous interval at `1 − β`; nor a split of the sample, which
/// throws half of it away.
///
/// Reference: Andrews, Kitagawa and McCloskey (2024), "Inference on winners", *Quarterly Journal of
/// Economics* 139, 305–358.
public struct BestArmInference: Hashable, Sendable {
  /// The place of the greatest estimate; the first of equals.
  public let best: Int
  /// The naive figure: the winner's estimate as it is.
  public let naive: Double
  /// Its standard error `σ`.
  public let standardError: Double
  /// The confidence of the interval.
  public let level: Double
  /// The estimate that lies above the winner's value as often as below, all but `β`.
  public let estimate: Double
  /// The interval of the winner's value.
  public let interval: Interval
  /// The simultaneous interval at the same level, from which selection takes nothing: it is valid too,
  /// and shorter where the winner won by a hair.
  public let simultaneousInterval: Interval

  /// Corrects the value of the best of several arms.
  ///
  /// - Throws: `noVariation` unless the winner's variance is positive, `overflow` if a figure is not
  ///   finite, `tooFewArms` if there are none.
  public init(_ values: ArmValues, level: Double = 0.95) throws(InferenceError) {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let estimates = values.estimates
    guard !estimates.isEmpty else { throw .tooFewArms(count: 0) }
    var best = 0
    for arm in estimates.indices {
      guard estimates[arm].isFinite, values.covariance(arm, arm).isFinite else {
        throw .overflow(arm: arm)
      }
      if estimates[arm] > estimates[best] { best = arm }
    }
    guard values.covariance(best, best) > 0 else { throw .noVariation }
    let selection = Selection(values, best: best)
    let (alpha, share) = (1 - level, 0.1)
    let beta = share * alpha
    let eta = (alpha - beta) / (1 - beta)
    let reach = Self.simultaneousQuantile(beta, armCount: estimates.count)
    let margin =
      Self.simultaneousQuantile(alpha, armCount: estimates.count) * selection.standardError
    self.best = best
    self.level = level
    naive = selection.value
    standardError = selection.standardError
    estimate = selection.mean(at: 0.5, reach: reach)
    let lower = selection.mean(at: 1 - eta / 2, reach: reach)
    interval = Interval(
      lower: lower, upper: max(lower, selection.mean(at: eta / 2, reach: reach)))
    simultaneousInterval = Interval(lower: naive - margin, upper: naive + margin)
  }

  /// The half-width, in standard errors, that holds all arms at once: `(2Φ(c) − 1)^K = 1 − α`.
  private static func simultaneousQuantile(_ alpha: Double, armCount: Int) -> Double {
    StandardNormal.upperQuantile(-0.5 * expm1(log1p(-alpha) / Double(armCount)))
  }
}

/// The winner's estimate, and between what it had to lie to win.
private struct Selection {
  let value: Double
  let standardError: Double
  private var lower = -Double.infinity
  private var upper = Double.infinity

  init(_ values: ArmValues, best: Int) {
    value = values.estimates[best]
    standardError = values.covariance(best, best).squareRoot()
    // The winner beats arm k where x ≥ z + vx, with z independent of the winner's estimate.
    for arm in values.estimates.indices where arm != best {
      let v = values.covariance(arm, best) / values.covariance(best, best)
      let bound = value - (value - values.estimates[arm]) / (1 - v)
      if v < 1 { lower = max(lower, bound) }
      if v > 1 { upper = min(upper, bound) }
    }
  }

  /// The mean at which the estimate is a quantile of the truncated law; the probability falls as the mean
  /// rises, from 1 to 0 over the simultaneous interval.
  func mean(at probability: Double, reach: Double) -> Double {
    let span = reach * standardError
    let (low, high) = (value - span, value + span)
    return findRoot(from: low, to: high) { self.probability(mean: $0, span) - probability } ?? low
  }

  private func probability(mean: Double, _ span: Double) -> Double {
    let (low, high) = (max(lower, mean - span), min(upper, mean + span))
    if value >= high { return 1 }
    if value <= low { return 0 }
    return TruncatedNormalDistribution(
      mean: mean, standardDeviation: standardError, lower: low, upper: high
    ).cdf(value)
  }
}
