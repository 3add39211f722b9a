public import Inference
internal import Probability

/// A quantile of the rewards that a target would see, with its interval.
///
///     F̂(x) = Σ wᵢ 1[rᵢ ≤ x] / Σ wᵢ      ξ̂ = the least x with F̂(x) ≥ q
///     the interval holds the x with  |Σ wᵢ(1[rᵢ ≤ x] − q)| ≤ z √max(Σ wᵢ²(1[rᵢ ≤ x] − q)², q(1 − q) Σ wᵢ²)
///
/// The interval inverts a test at each reward, and so needs no density; where the test never rejects
/// above, its upper end is infinite. The second variance is that of weights which have nothing to do
/// with the rewards: beyond the last rewards of a log the first one vanishes, and the test would reject
/// what no session could contradict.
///
/// References: Woodruff (1952), *Journal of the American Statistical Association* 47, 635–646; Chandak
/// et al. (2021), *NeurIPS* 34, for the distribution of rewards off policy.
public struct PolicyQuantile: Hashable, Sendable {
  /// The estimated quantile.
  public let value: Double
  /// The interval.
  public let interval: Interval
  /// The probability `q`.
  public let probability: Double
  /// Kish's effective sample size of the weights.
  public let effectiveSampleSize: Double
  /// The share of the target's choices that the log supports.
  public let supportedShare: Double

  /// Estimates a quantile.
  ///
  /// - Parameters:
  ///   - probability: The probability `q` of a reward at most as great, between 0 and 1.
  ///   - target: The target.
  ///   - log: The sessions.
  ///   - level: The confidence level of the interval.
  ///   - floors: What the log must show before there is an answer.
  /// - Throws: What an estimator throws of support, effective sample size and overflow.
  /// - Complexity: O(*n* log *n*).
  public init(
    _ probability: Double, of target: ActionTable, on log: DecisionLog, level: Double = 0.95,
    floors: EvidenceFloors = EvidenceFloors()
  ) throws(OffPolicyError) {
    precondition(0 < probability && probability < 1, "a quantile's probability lies in 0..<1")
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    supportedShare = try floors.support(of: target, in: log)
    let weights = (0..<log.count).map { target.values[log.place($0)] / log.propensities[$0] }
    var summary = WeightSummary()
    for weight in weights { summary.add(weight) }
    guard summary.sumOfSquares.isFinite else { throw .overflow }
    guard summary.used > 0, summary.effectiveSampleSize >= floors.effectiveSampleSize else {
      throw .effectiveSampleSizeTooSmall(
        summary.effectiveSampleSize, floor: floors.effectiveSampleSize)
    }
    self.probability = probability
    effectiveSampleSize = summary.effectiveSampleSize
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    let order = (0..<log.count).filter { weights[$0] > 0 }
      .sorted { (log.rewards[$0], $0) < (log.rewards[$1], $1) }
    let greatest = log.rewards[order[order.count - 1]]
    let unrelated = probability * (1 - probability) * summary.sumOfSquares
    var (mass, squares) = (0.0, 0.0)
    var (lower, value, upper): (Double?, Double?, Double?)
    for (place, row) in order.enumerated() {
      mass += weights[row]
      squares += weights[row] * weights[row]
      let reward = log.rewards[row]
      // The distribution has its step once all sessions of a reward are counted.
      if place + 1 < order.count, log.rewards[order[place + 1]] == reward { continue }
      let excess = mass - probability * summary.sum
      let below = squares * (1 - probability) * (1 - probability)
      let above = max(0, summary.sumOfSquares - squares) * probability * probability
      let margin = z * max(below + above, unrelated).squareRoot()
      if lower == nil, excess >= -margin { lower = reward }
      if value == nil, excess >= 0 { value = reward }
      if excess > margin {
        upper = reward
        break
      }
    }
    self.value = value ?? greatest
    interval = Interval(lower: min(lower ?? greatest, self.value), upper: upper ?? .infinity)
  }
}
