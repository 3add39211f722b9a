internal import Probability

/// A quantile of an arm, with the interval of two order statistics that surely covers it.
///
///     P(x₍ₗ₎ ≤ ξ_q ≤ x₍ᵤ₎) ≥ P(l ≤ K < u) ≥ 1 − α      K ~ Binomial(n, q)
///
/// The interval assumes nothing of the values but that sessions are independent. Where `n` is too
/// small for it to have an end, the end is infinite.
///
/// Reference: David and Nagaraja (2003), *Order Statistics*, 3rd edition, section 7.1.
public struct QuantileEstimate: Hashable, Sendable {
  /// The estimated quantile, `x₍⌈nq⌉₎`.
  public let value: Double
  /// The interval.
  public let interval: Interval
  /// The confidence level of the interval.
  public let level: Double
  /// The number of independent sessions, or of clusters.
  public let count: Int

  /// Takes over figures that someone else has computed.
  public init(value: Double, interval: Interval, level: Double = 0.95, count: Int) {
    checkLevel(level)
    precondition(value.isFinite && count > 0, "a quantile is a number, of at least one session")
    self.value = value
    self.count = count
    self.interval = interval
    self.level = level
  }

  /// Estimates a quantile from independent sessions.
  ///
  /// - Parameters:
  ///   - sample: The values.
  ///   - q: The probability of the quantile, between 0 and 1.
  ///   - level: The confidence level.
  ///   - arm: The arm's number, for errors.
  /// - Throws: `tooFewSessions` if there are none.
  public init(
    _ sample: ValueCounts, probability q: Double, level: Double = 0.95, arm: Int = 0
  ) throws(InferenceError) {
    checkLevel(level)
    precondition(0 < q && q < 1, "a quantile's probability lies between 0 and 1")
    guard sample.count > 0 else { throw .tooFewSessions(arm: arm, count: 0, needed: 1) }
    let below = BinomialDistribution(trials: sample.count, probability: q)
    let tail = (1 - level) / 2
    // The greatest l with P(K < l) ≤ α/2, and the least u with P(K ≥ u) ≤ α/2.
    let l = Int(below.quantile(tail))
    let lower = below.cdf(Double(l)) <= tail ? l + 1 : l
    let upper = Int(below.upperQuantile(tail)) + 1
    self.init(
      value: sample.quantile(q),
      interval: Interval(
        lower: lower >= 1 ? sample.value(ofRank: lower) : -.infinity,
        upper: upper <= sample.count ? sample.value(ofRank: upper) : .infinity),
      level: level, count: sample.count)
  }

  /// Estimates a quantile of sessions that come in clusters, such as the sessions of a customer.
  ///
  /// The share of values up to `x̂_q` is a ratio metric over clusters, with a standard error `σ` by
  /// the delta method; the interval runs between the quantiles of `q ± zσ` (the outer interval).
  ///
  /// - Parameters:
  ///   - clusters: The values of each cluster.
  ///   - q: The probability of the quantile, between 0 and 1.
  ///   - level: The confidence level.
  ///   - arm: The arm's number, for errors.
  /// - Throws: `tooFewGroups` below two clusters, `tooFewSessions` if there is no value.
  ///
  /// Reference: Deng, Knoblich and Lu (2018), *KDD '18*, 233–242, section 4.
  public init(
    clusters: [[Double]], probability q: Double, level: Double = 0.95, arm: Int = 0
  ) throws(InferenceError) {
    checkLevel(level)
    precondition(0 < q && q < 1, "a quantile's probability lies between 0 and 1")
    guard clusters.count >= 2 else { throw .tooFewGroups(count: clusters.count, needed: 2) }
    let sample = ValueCounts(clusters.flatMap { $0 })
    guard sample.count > 0 else { throw .tooFewSessions(arm: arm, count: 0, needed: 1) }
    let value = sample.quantile(q)
    let share = try RatioMetric.estimate(
      CrossMoments(columns: [
        clusters.map { Double($0.count { $0 <= value }) }, clusters.map { Double($0.count) },
      ]), arm: arm)
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * share.variance.squareRoot()
    self.init(
      value: value,
      interval: Interval(
        lower: q - margin > 0 ? min(value, sample.quantile(q - margin)) : -.infinity,
        upper: q + margin < 1 ? max(value, sample.quantile(q + margin)) : .infinity),
      level: level, count: clusters.count)
  }

  /// The quantile with the variance that its interval stands for, `(1 − 1/n) (width / 2z)²`.
  ///
  /// - Throws: `tooFewSessions` if an end of the interval is infinite.
  func estimate(arm: Int) throws(InferenceError) -> ArmEstimate {
    guard interval.width.isFinite else {
      throw .tooFewSessions(arm: arm, count: count, needed: count + 1)
    }
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    let deviation = interval.width / (2 * z)
    return ArmEstimate(
      value: value, variance: Double(count - 1) / Double(count) * (deviation * deviation))
  }
}

extension ArmContrast {
  /// The difference of two arms' quantiles, in large samples.
  ///
  /// - Throws: `tooFewSessions` if an interval has no end, `noVariation` if both have no width.
  public static func quantiles(
    offer: QuantileEstimate, control: QuantileEstimate
  ) throws(InferenceError) -> ArmContrast {
    let control = try control.estimate(arm: 0)
    return try ArmContrast(
      offer: offer.estimate(arm: 1), control: control,
      estimator: Estimator("quantiles", reference: "Deng, Knoblich and Lu 2018"))
  }
}
