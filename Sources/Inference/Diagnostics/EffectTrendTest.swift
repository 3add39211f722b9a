internal import Probability

/// A test of whether an effect grows or fades over ordered periods: novelty, or learning.
///
///     dⱼ = m₁ⱼ − m₀ⱼ      vⱼ = s₁ⱼ²/n₁ⱼ + s₀ⱼ²/n₀ⱼ      wⱼ = n₁ⱼn₀ⱼ/(n₁ⱼ + n₀ⱼ)
///
///     β̂ = Σ wⱼ(tⱼ − t̄)dⱼ / Σ wⱼ(tⱼ − t̄)²      Var(β̂) = Σ wⱼ²(tⱼ − t̄)²vⱼ / (Σ wⱼ(tⱼ − t̄)²)²
///
/// the slope of a weighted regression of the periods' effects on their scores, with `t̄` the mean score by
/// `w`. The weights are of sizes alone: weights of the inverse variance would lean to those periods of
/// few successes that happened to have fewer still. Where the outcome's variance does not change over time
/// they are the same. The levels of the arms may rise and fall as they like: only their differences count.
///
/// With two periods of scores 0 and 1 the slope is the late effect less the early one. A test of a slope
/// over fewer than three says nothing of the form of a decay.
///
/// Reference: Cochran (1954), *Biometrics* 10, 417–451, section 6.
public struct EffectTrendTest: NormalErrorTest {
  /// The slope `β̂`, in the unit of the outcome per unit of score.
  public let estimate: Double
  /// Its standard error; positive and finite.
  public let standardError: Double
  /// The slope under the null hypothesis.
  public let null: Double
  /// The number of periods.
  public let periodCount: Int

  /// Looks for a trend of the difference between two arms.
  ///
  /// - Parameters:
  ///   - offer: The moments of the offer's sessions in each period.
  ///   - control: Those of the control's, period by period.
  ///   - scores: A finite score for each period, in any order; the days since the start, say.
  ///   - null: The slope to test against.
  /// - Throws: `tooFewSessions` if an arm has fewer than two sessions in a period, `tooFewGroups` if there
  ///   are fewer than two scores, `noVariation` if no outcome varies, `overflow`.
  /// - Complexity: O(*k*) for *k* periods.
  public init(
    offer: [Moments], control: [Moments], scores: [Double], null: Double = 0
  ) throws(InferenceError) {
    precondition(
      offer.count == scores.count && control.count == scores.count, "every period has a score")
    precondition(scores.allSatisfy(\.isFinite) && null.isFinite, "scores and slopes are numbers")
    guard Set(scores).count > 1 else {
      throw .tooFewGroups(count: Set(scores).count, needed: 2)
    }
    for period in scores.indices {
      for (arm, count) in [(0, control[period].count), (1, offer[period].count)] where count < 2 {
        throw .tooFewSessions(arm: arm, count: count, needed: 2)
      }
    }
    let weights = zip(offer, control).map { offer, control in
      let (n1, n0) = (Double(offer.count), Double(control.count))
      return n1 / (n1 + n0) * n0
    }
    let total = weights.reduce(0, +)
    let mean = zip(weights, scores).reduce(0) { $0 + $1.0 / total * $1.1 }
    var (cross, square, variance) = (0.0, 0.0, 0.0)
    for period in scores.indices {
      let (offer, control) = (offer[period], control[period])
      let distance = scores[period] - mean
      let lean = weights[period] * distance
      cross += lean * (offer.mean - control.mean)
      square += lean * distance
      variance +=
        lean * lean
        * (offer.variance / Double(offer.count) + control.variance / Double(control.count))
    }
    estimate = cross / square
    standardError = variance.squareRoot() / square
    guard estimate.isFinite, standardError.isFinite else { throw .overflow(arm: 1) }
    guard standardError > 0 else { throw .noVariation }
    self.null = null
    periodCount = scores.count
  }

  public var method: TestDescription {
    TestDescription(
      name: "trend of the effect",
      nullHypothesis: null == 0 ? "the effect has no trend" : "the effect has the slope \(null)",
      scale: .difference, twoSidedRule: .absoluteStatistic, intervalName: "Wald slope",
      intervalInvertsTest: true, reference: "Cochran 1954")
  }
}
