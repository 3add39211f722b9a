internal import Probability

/// A bootstrap that needs no second look at the data and merges: each session's weights come from its
/// own key.
///
///     w_b ~ Poisson(1)      θ*_b = Σ w_b a / Σ w_b b
///
/// In replicate `b` a session counts `w_b` times, drawn from the stream of the session's key. Whoever
/// reads the session, on whichever machine and in whatever order, draws the same weights. The level
/// is a mean, or the ratio of two sums.
///
/// Reference: Chamandy, Muralidharan, Najmi and Naidu (2012), "Estimating uncertainty for massive data
/// streams", Google technical report.
public struct PoissonBootstrap: Summary {
  /// The number of sessions.
  public private(set) var count = 0
  /// The sums of numerator and denominator over the sessions themselves.
  private var whole = (a: 0.0, b: 0.0)
  /// The sums of each replicate.
  private var numerators: [Double] = []
  private var denominators: [Double] = []
  private var seed: UInt64 = 0

  /// Creates the summary of no sessions, which takes the replicates of what it is merged with.
  public init() {}

  /// Creates a bootstrap that has seen no session.
  ///
  /// - Parameters:
  ///   - seed: The seed of all weights; the parts of one bootstrap share it.
  ///   - replicates: The number of replicates.
  public init(seed: UInt64, replicates: Int = 1_000) {
    precondition(replicates > 1, "a bootstrap has more than one replicate")
    self.seed = seed
    numerators = Array(repeating: 0, count: replicates)
    denominators = numerators
  }

  /// Adds a session by a key that it alone has: a 64-bit hash of its identifier.
  ///
  /// - Complexity: O(*B*) for *B* replicates, some 12 ns each.
  public mutating func add(_ value: Double, over denominator: Double = 1, key: UInt64) {
    precondition(value.isFinite && denominator.isFinite, "a session's numbers are finite")
    precondition(!numerators.isEmpty, "a bootstrap that adds sessions has replicates")
    count += 1
    whole.a += value
    whole.b += denominator
    var rng = Philox(StreamKey(seed: seed, purpose: .bootstrap, index: key))
    for index in numerators.indices {
      let weight = Self.weight(rng.next())
      numerators[index] += weight * value
      denominators[index] += weight * denominator
    }
  }

  /// A Poisson(1) count by inversion of a word.
  private static func weight(_ word: UInt64) -> Double {
    var weight = 0
    while weight < thresholds.count, word >= thresholds[weight] { weight += 1 }
    return Double(weight)
  }

  /// `⌊2⁶⁴ P(w ≤ k)⌋` for every `k` until nothing is left to tell apart.
  private static let thresholds: [UInt64] = {
    let law = PoissonDistribution(mean: 1)
    // From the upper tail, which keeps the digits that the lower one has lost near 1.
    return (0..<20).map { k in
      let above = UInt64(law.survival(Double(k)) * 0x1p63) * 2
      return above == 0 ? .max : 0 &- above
    }
  }()

  public mutating func merge(_ other: PoissonBootstrap) {
    guard !other.numerators.isEmpty else { return }
    guard !numerators.isEmpty else {
      self = other
      return
    }
    precondition(
      other.seed == seed && other.numerators.count == numerators.count,
      "the parts of a bootstrap share its seed and its replicates")
    count += other.count
    whole = (whole.a + other.whole.a, whole.b + other.whole.b)
    for index in numerators.indices {
      numerators[index] += other.numerators[index]
      denominators[index] += other.denominators[index]
    }
  }

  /// The bootstrap of the level.
  ///
  /// - Throws: `tooFewSessions` below two sessions, `invalidValue` if the denominators sum to zero.
  public func level() throws(InferenceError) -> BootstrapDistribution {
    try require(arm: 0)
    return try distribution(whole.a / whole.b) { numerators[$0] / denominators[$0] }
  }

  /// The bootstrap of the difference from a control.
  ///
  /// - Throws: What ``level()`` throws, by arm.
  public func difference(from control: PoissonBootstrap) throws(InferenceError)
    -> BootstrapDistribution
  {
    try compare(control) { $0 - $1 }
  }

  /// The bootstrap of the relative lift over a control.
  ///
  /// - Throws: What ``level()`` throws, by arm; `invalidValue` if the control's level is zero.
  public func relativeLift(over control: PoissonBootstrap) throws(InferenceError)
    -> BootstrapDistribution
  {
    guard control.whole.a != 0 else { throw .invalidValue(arm: 0, value: 0) }
    return try compare(control) { ($0 - $1) / $1 }
  }

  private func compare(
    _ control: PoissonBootstrap, _ effect: (Double, Double) -> Double
  ) throws(InferenceError) -> BootstrapDistribution {
    try control.require(arm: 0)
    try require(arm: 1)
    precondition(
      control.numerators.count == numerators.count, "both arms have the same replicates")
    let estimate = effect(whole.a / whole.b, control.whole.a / control.whole.b)
    return try distribution(estimate) { index in
      effect(
        numerators[index] / denominators[index],
        control.numerators[index] / control.denominators[index])
    }
  }

  private func require(arm: Int) throws(InferenceError) {
    guard count >= 2 else { throw .tooFewSessions(arm: arm, count: count, needed: 2) }
    guard whole.b != 0 else { throw .invalidValue(arm: arm, value: 0) }
  }

  private func distribution(
    _ estimate: Double, _ replicate: (Int) -> Double
  ) throws(InferenceError) -> BootstrapDistribution {
    var replicates = Replicates(capacity: numerators.count)
    for index in numerators.indices {
      replicates.add(replicate(index), variance: 0, about: estimate)
    }
    return try BootstrapDistribution(
      estimate: estimate, variance: nil, replicates: replicates, acceleration: 0)
  }
}
