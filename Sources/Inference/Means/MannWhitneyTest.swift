internal import Probability

/// The Mann–Whitney test of whether values of one arm tend to exceed those of the other.
///
///     U = #{x₁ > x₀} + ½ #{x₁ = x₀}      P̂ = U / (n₁n₀)
///     E U = n₁n₀/2      Var U = n₁n₀/12 · (N + 1 − Σ(t³ − t)/(N(N − 1)))
///
/// In small samples the p-value is exact, given the values and their ties; otherwise `U` is referred
/// to the normal distribution. It is a test of two equal laws. The estimate is the probability of
/// superiority `P̂`, whose interval is Newcombe's (method 5), valid where the laws differ too.
/// ``shift`` and ``shiftInterval(level:)`` are for laws that differ by a shift alone.
///
/// References: Mann and Whitney (1947), *The Annals of Mathematical Statistics* 18, 50–60; Newcombe
/// (2006), *Statistics in Medicine* 25, 559–573.
public struct MannWhitneyTest: HypothesisTest {
  /// How the law of `U` under the null is found.
  public enum Law: String, Codable, Sendable {
    /// By counting all ways to choose the offer's sessions.
    case exact
    /// By the normal distribution.
    case normal
    /// By the normal distribution, `U` moved by ½ towards its mean.
    case normalWithContinuity
  }

  /// The statistic `U` of the offer.
  public let u: Double
  /// How p-values are found.
  public let law: Law
  private let differences: PairwiseDifferences
  private let distribution: RankSumDistribution?
  private let deviation: Double

  /// Above this many additions the exact law is not tried unasked: some 30 ms.
  private static let costLimit = 3e7

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The outcomes of the sessions that were shown the offer.
  ///   - control: The outcomes of those that were not.
  ///   - law: How to find p-values; nil for the exact law where it costs little (about 50 sessions an
  ///     arm), and else the normal one with continuity.
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if all values are the same.
  /// - Complexity: O(*k*) for *k* distinct values; the exact law costs O(*m*² *N*²) for an arm of *m*
  ///   among *N*.
  public init(
    offer: ValueCounts, control: ValueCounts, law: Law? = nil
  ) throws(InferenceError) {
    guard control.count > 0 else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    guard offer.count > 0 else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    let pooled = ValueCounts(merging: [control, offer])
    guard pooled.values.count > 1 else { throw .noVariation }
    differences = PairwiseDifferences(offer: offer, control: control)
    u = differences.superiorities
    let drawn = min(offer.count, control.count)
    let isCheap = RankSumDistribution.cost(drawn: drawn, of: pooled.count) <= Self.costLimit
    self.law = law ?? (isCheap ? .exact : .normalWithContinuity)
    distribution =
      self.law == .exact ? RankSumDistribution(pooled, drawn: drawn) : nil
    deviation = Self.variance(pooled, offer.count, control.count).squareRoot()
  }

  private static func variance(_ pooled: ValueCounts, _ n1: Int, _ n0: Int) -> Double {
    let total = Double(pooled.count)
    // Σ(t³ − t) = Σ t(t − 1)(t + 1), which is 0 for a value that occurs once.
    let ties = pooled.values.indices.reduce(0.0) { sum, index in
      let t = Double(pooled.count(at: index))
      return sum + t * (t - 1) * (t + 1)
    }
    return Double(n1) * Double(n0) / 12 * (total + 1 - ties / (total * (total - 1)))
  }

  public var method: TestDescription {
    let suffix =
      switch law {
      case .exact: "exact"
      case .normal: "normal"
      case .normalWithContinuity: "normal with continuity correction"
      }
    return TestDescription(
      name: "Mann–Whitney, \(suffix)", nullHypothesis: "F₁ = F₀", scale: .superiority,
      twoSidedRule: .doubledTail, intervalName: "Newcombe, method 5", intervalInvertsTest: false,
      reference: "Mann and Whitney 1947; Newcombe 2006")
  }

  /// The probability of superiority, `U / (n₁n₀)`.
  public var estimate: Double { u / pairs }
  public var null: Double { 0.5 }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .greater: tail(isUpper: true)
    case .less: tail(isUpper: false)
    case .twoSided: min(1, 2 * min(tail(isUpper: true), tail(isUpper: false)))
    }
  }

  /// P(U* ≥ U) or P(U* ≤ U) under the null.
  private func tail(isUpper: Bool) -> Double {
    guard let distribution else {
      let correction = law == .normalWithContinuity ? 0.5 : 0
      let distance = isUpper ? u - pairs / 2 : pairs / 2 - u
      return StandardNormal.survival((distance - correction) / deviation)
    }
    // The table is of the smaller arm's ranks, whose U is the pairs less the other's.
    let (n1, n0) = (differences.offer.count, differences.control.count)
    let drawn = min(n1, n0)
    let own = n1 <= n0 ? u : pairs - u
    let sum = Int((2 * own).rounded()) + drawn * (drawn + 1)
    return isUpper == (n1 <= n0)
      ? distribution.reaching(doubledRankSum: sum) : distribution.cdf(doubledRankSum: sum)
  }

  private var pairs: Double { Double(differences.offer.count) * Double(differences.control.count) }
}

extension MannWhitneyTest {
  /// The interval of the probability of superiority: the `θ` with `|P̂ − θ| ≤ z √V(θ)`,
  ///
  ///     V(θ) = θ(1 − θ) (1 + (n* − 1)((1 − θ)/(2 − θ) + θ/(1 + θ))) / (n₁n₀),   n* = (n₁ + n₀)/2
  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    // Superiority of the control is one less that of the offer, and so are its limits.
    return Interval(
      lower: lowerLimit(estimate, z), upper: 1 - lowerLimit(1 - estimate, z))
  }

  /// The least `θ` that the estimate does not exceed too far, by bisection to the last digit.
  private func lowerLimit(_ estimate: Double, _ z: Double) -> Double {
    let spare = Double(differences.offer.count + differences.control.count) / 2 - 1
    func isTooLow(_ theta: Double) -> Bool {
      let rest = 1 - theta
      let inflation = 1 + spare * (rest / (1 + rest) + theta / (1 + theta))
      let gap = estimate - theta
      return gap * gap > z * z * theta * rest * inflation / pairs
    }
    var (low, high) = (0.0, estimate)
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { return low }
      if isTooLow(middle) { low = middle } else { high = middle }
    }
  }

  /// The Hodges–Lehmann estimate of a shift, the median of all differences `x₁ − x₀`.
  public var shift: Double { differences.median }

  /// The interval of a shift: the differences of rank `c` and `n₁n₀ + 1 − c`, with the greatest `c`
  /// for which `P(U < c) ≤ α/2` under the null; infinite where there is none.
  ///
  /// - Complexity: O(*k* + log(*n₁n₀*)) passes over *k* distinct values.
  ///
  /// Reference: Hollander, Wolfe and Chicken (2014), *Nonparametric Statistical Methods*, section 4.3.
  public func shiftInterval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let rank = shiftRank(tail: (1 - level) / 2)
    guard rank >= 1 else { return Interval(lower: -.infinity, upper: .infinity) }
    return Interval(
      lower: differences.value(ofRank: rank),
      upper: differences.value(ofRank: differences.count + 1 - rank))
  }

  private func shiftRank(tail: Double) -> Int {
    guard let distribution else {
      let center = pairs / 2 + (law == .normalWithContinuity ? 0.5 : 0)
      return Int(max(0, center - StandardNormal.upperQuantile(tail) * deviation))
    }
    let drawn = min(differences.offer.count, differences.control.count)
    let least = drawn * (drawn + 1)
    var (low, high) = (0, differences.count / 2 + 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      // P(U ≤ c − ½) counts no value of c itself.
      if distribution.cdf(doubledRankSum: least + 2 * middle - 1) <= tail {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}

extension PairwiseDifferences {
  /// How many differences are positive, and half of those that are zero.
  fileprivate var superiorities: Double {
    let positive = count - count(atMost: 0)
    let zeros = count(atMost: 0) - count(atMost: -Double.leastNonzeroMagnitude)
    return Double(positive) + Double(zeros) / 2
  }
}
