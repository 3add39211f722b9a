internal import Probability

/// The bootstrap of Efron: resamples of as many sessions as there were, drawn with replacement.
///
/// Each resample of an arm is a multinomial draw of the counts of its distinct rows, so that its cost
/// is the number of distinct rows, however many sessions there are: some nanoseconds each where there are
/// hundreds of them. Where nearly all rows of a small sample are distinct the sessions themselves are drawn. Resample `i` of an arm has a random stream of its own: results
/// depend on the seed alone.
///
/// Reference: Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, chapters 13 and 14.
public struct Bootstrap: Hashable, Sendable {
  /// The number of resamples.
  public let resamples: Int
  /// The seed of all random streams.
  public let seed: UInt64

  /// Creates a bootstrap.
  public init(seed: UInt64, resamples: Int = 10_000) {
    precondition(resamples > 1, "a bootstrap has more than one resample")
    self.resamples = resamples
    self.seed = seed
  }

  /// The bootstrap of one arm's level: a mean or a ratio.
  ///
  /// - Throws: `tooFewSessions` below two sessions, `invalidValue` if denominators sum to zero,
  ///   `noVariation` if the level does not vary.
  public func level(of sample: BootstrapSample) throws(InferenceError) -> BootstrapDistribution {
    let whole = try sample.sums(arm: 0)
    guard whole.variance > 0 else { throw .noVariation }
    var replicates = Replicates(capacity: resamples)
    var weights = sample.buffer
    for index in 0..<resamples {
      let sums = sample.resampled(stream(index, arm: 0), about: whole.level, &weights)
      replicates.add(sums.level, variance: sums.variance, about: whole.level)
    }
    return try BootstrapDistribution(
      estimate: whole.level, variance: whole.variance, replicates: replicates,
      acceleration: acceleration([sample.influences { $0 }]))
  }

  /// The bootstrap of the difference of two arms' levels, offer minus control.
  ///
  /// - Throws: What ``level(of:)`` throws, by arm.
  public func difference(
    offer: BootstrapSample, control: BootstrapSample
  ) throws(InferenceError) -> BootstrapDistribution {
    try compare(offer, control) {
      $0 - $1
    } variance: {
      $0.variance + $1.variance
    }
  }

  /// The bootstrap of the relative lift, offer over control minus one.
  ///
  /// A resample in which the control's level is zero counts as an infinite lift.
  ///
  /// - Throws: What ``level(of:)`` throws, by arm; `invalidValue` if the control's level is zero.
  public func relativeLift(
    offer: BootstrapSample, control: BootstrapSample
  ) throws(InferenceError) -> BootstrapDistribution {
    guard try control.sums(arm: 0).level != 0 else { throw .invalidValue(arm: 0, value: 0) }
    return try compare(offer, control) {
      ($0 - $1) / $1
    } variance: { offer, control in
      let ratio = offer.level / control.level
      return (offer.variance + ratio * ratio * control.variance) / (control.level * control.level)
    }
  }

  private func compare(
    _ offer: BootstrapSample, _ control: BootstrapSample,
    effect: (Double, Double) -> Double, variance: (RatioSums, RatioSums) -> Double
  ) throws(InferenceError) -> BootstrapDistribution {
    let (whole0, whole1) = (try control.sums(arm: 0), try offer.sums(arm: 1))
    let estimate = effect(whole1.level, whole0.level)
    let spread = variance(whole1, whole0)
    guard spread > 0 else { throw .noVariation }
    var replicates = Replicates(capacity: resamples)
    var (weights0, weights1) = (control.buffer, offer.buffer)
    for index in 0..<resamples {
      let one = offer.resampled(stream(index, arm: 1), about: whole1.level, &weights1)
      let zero = control.resampled(stream(index, arm: 0), about: whole0.level, &weights0)
      replicates.add(
        effect(one.level, zero.level), variance: variance(one, zero), about: estimate)
    }
    return try BootstrapDistribution(
      estimate: estimate, variance: spread, replicates: replicates,
      acceleration: acceleration([
        offer.influences { effect($0, whole0.level) },
        control.influences { effect(whole1.level, $0) },
      ]))
  }

  private func stream(_ resample: Int, arm: Int) -> Philox {
    Philox(StreamKey(seed: seed, purpose: .bootstrap, index: UInt64(2 * resample + arm)))
  }

  /// `Σ U³/n³ / (6 (Σ U²/n²)^{3/2})` over the jackknife influences of all arms.
  private func acceleration(_ influences: [(square: Double, cube: Double)]) -> Double {
    let square = influences.reduce(0) { $0 + $1.square }
    let cube = influences.reduce(0) { $0 + $1.cube }
    return square > 0 ? cube / (6 * square * square.squareRoot()) : 0
  }
}

/// The replicates of a bootstrap, as they are made.
struct Replicates {
  private(set) var values: [Double] = []
  /// `(θ* − θ̂)/se*`, for studentised intervals.
  private(set) var pivots: [Double] = []

  init(capacity: Int) {
    values.reserveCapacity(capacity)
    pivots.reserveCapacity(capacity)
  }

  /// Keeps a replicate, unless it is 0/0.
  mutating func add(_ value: Double, variance: Double, about estimate: Double) {
    guard !value.isNaN else { return }
    values.append(value)
    let pivot = (value - estimate) / variance.squareRoot()
    if !pivot.isNaN { pivots.append(pivot) }
  }
}

extension BootstrapSample {
  /// The sums of the sample itself.
  fileprivate func sums(arm: Int) throws(InferenceError) -> RatioSums {
    guard count >= 2 else { throw .tooFewSessions(arm: arm, count: count, needed: 2) }
    var sums = RatioSums(about: 0)
    for index in counts.indices {
      sums.add(numerators[index], denominators[index], weight: Double(counts[index]))
    }
    guard sums.b != 0 else { throw .invalidValue(arm: arm, value: 0) }
    guard sums.level.isFinite else { throw .overflow(arm: arm) }
    // A second pass, so that the squares are of deviations.
    sums = RatioSums(about: sums.level)
    for index in counts.indices {
      sums.add(numerators[index], denominators[index], weight: Double(counts[index]))
    }
    guard sums.variance.isFinite else { throw .overflow(arm: arm) }
    return sums
  }

  /// A place for the weights of a resample, where they are drawn at once.
  fileprivate var buffer: [Double] {
    sampler.map { Array(repeating: 0, count: $0.order.count) } ?? []
  }

  /// The sums of a resample.
  fileprivate func resampled(
    _ stream: Philox, about center: Double, _ weights: inout [Double]
  ) -> RatioSums {
    if let sampler { return weighted(sampler, stream, center, &weights) }
    // A binomial draw takes as long as some twelve draws of a session.
    return counts.count * 12 <= count ? multinomial(stream, center) : drawn(stream, center)
  }

  /// Counts of the distinct rows, all drawn at once.
  private func weighted(
    _ sampler: MultinomialSampler, _ stream: Philox, _ center: Double, _ weights: inout [Double]
  ) -> RatioSums {
    var (rng, sums) = (stream, RatioSums(about: center))
    var span = weights.mutableSpan
    sampler.fill(&span, using: &rng)
    for (place, row) in sampler.order.enumerated() {
      sums.add(numerators[row], denominators[row], weight: span[place])
    }
    return sums
  }

  /// Counts of the distinct rows, each binomial given those before it.
  private func multinomial(_ stream: Philox, _ center: Double) -> RatioSums {
    var rng = stream
    var sums = RatioSums(about: center)
    var (left, rest) = (count, count)
    for index in counts.indices {
      guard left > 0 else { break }
      // The last distinct row takes what is left.
      let share = Double(counts[index]) / Double(rest)
      let weight =
        counts[index] == rest
        ? Double(left)
        : BinomialDistribution(trials: left, probability: share).draw(using: &rng)
      sums.add(numerators[index], denominators[index], weight: weight)
      left -= Int(weight)
      rest -= counts[index]
    }
    return sums
  }

  /// Sessions one by one.
  private func drawn(_ stream: Philox, _ center: Double) -> RatioSums {
    var rng = stream
    var sums = RatioSums(about: center)
    if counts.count == count {
      for _ in 0..<count {
        let index = rng.index(below: count)
        sums.add(numerators[index], denominators[index], weight: 1)
      }
      return sums
    }
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for index in counts.indices { rows += repeatElement(index, count: counts[index]) }
    for _ in 0..<count {
      let index = rows[rng.index(below: count)]
      sums.add(numerators[index], denominators[index], weight: 1)
    }
    return sums
  }

  /// The sums of squares `Σ U²/n²` and of cubes `Σ U³/n³` of the jackknife influences
  /// `U = (n − 1)(θ̄ − θ₍ᵢ₎)` of a function of the level.
  ///
  /// - Complexity: O(*k*) for *k* distinct rows.
  fileprivate func influences(_ effect: (Double) -> Double) -> (square: Double, cube: Double) {
    let n = Double(count)
    let (a, b) = (
      numerators.indices.reduce(0.0) { $0 + numerators[$1] * Double(counts[$1]) },
      numerators.indices.reduce(0.0) { $0 + denominators[$1] * Double(counts[$1]) }
    )
    let without = counts.indices.map { effect((a - numerators[$0]) / (b - denominators[$0])) }
    // One session may be all there is of the denominators: no jackknife, no correction.
    guard without.allSatisfy(\.isFinite) else { return (0, 0) }
    let mean = without.dot(counts.map(Double.init)) / n
    var (square, cube) = (0.0, 0.0)
    for index in counts.indices {
      let influence = (n - 1) / n * (mean - without[index])
      square += Double(counts[index]) * influence * influence
      cube += Double(counts[index]) * influence * influence * influence
    }
    return (square, cube)
  }
}
