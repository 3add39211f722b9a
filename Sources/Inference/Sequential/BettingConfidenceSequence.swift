#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A confidence sequence of the mean of bounded outcomes, by betting against every candidate.
///
/// For each candidate mean `m`, two gamblers bet before each outcome, one that the mean is above `m` and
/// one that it is below:
///
///     K⁺ₜ(m) = Π (1 + min(λᵢ, c/m)(xᵢ − m))        K⁻ₜ(m) = Π (1 − min(λᵢ, c/(1 − m))(xᵢ − m))
///     λₜ = √(2 ln(2/α)/(σ̂²ₜ₋₁ t ln(1 + t)))
///     μ̂ₜ = (½ + Σ xᵢ)/(t + 1)      σ̂²ₜ = (¼ + Σ (xᵢ − μ̂ᵢ)²)/(t + 1)
///
/// If `m` is the mean neither gets rich, and the interval holds the `m` against which neither has
/// turned 1 into `2/α`. It adapts to the variance without knowing it and asks nothing of the outcomes but
/// their bounds and a mean that stays; successive outcomes may depend on one another.
///
/// Reference: Waudby-Smith and Ramdas (2024), *Journal of the Royal Statistical Society B* 86, 1–27,
/// theorem 3 and equation 26.
public struct BettingConfidenceSequence: Hashable, Sendable {
  /// The probability `α` that any interval misses the mean.
  public let alpha: Double
  /// The least and the greatest possible outcome.
  public let range: ClosedRange<Double>
  /// The largest part `c` of the capital that may be lost on one outcome, below 1.
  public let truncation: Double

  /// The outcomes so far, on 0...1, and the bets that were made on them before they were seen.
  private var outcomes: [Double] = []
  private var bets: [Double] = []
  private var sum = 0.0
  private var squares = 0.0

  /// Creates a sequence that has seen no outcome.
  public init(level: Double = 0.95, range: ClosedRange<Double> = 0...1, truncation: Double = 0.5) {
    checkLevel(level)
    precondition(
      range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
      "outcomes have a range of a finite length")
    precondition(0 < truncation && truncation < 1, "a truncation of bets lies between 0 and 1")
    alpha = 1 - level
    self.range = range
    self.truncation = truncation
  }

  /// The number of outcomes so far.
  public var count: Int { outcomes.count }

  /// Adds an outcome; the order of outcomes matters, for bets are made in it.
  ///
  /// - Precondition: The outcome lies in the range.
  public mutating func add(_ outcome: Double) {
    precondition(range.contains(outcome), "an outcome lies in its range")
    let x = (outcome - range.lowerBound) / (range.upperBound - range.lowerBound)
    let t = Double(outcomes.count + 1)
    // The variance before this outcome, so that the bet does not know it.
    let variance = (0.25 + squares) / t
    bets.append((2 * log(2 / alpha) / (variance * t * log1p(t))).squareRoot())
    outcomes.append(x)
    sum += x
    let mean = (0.5 + sum) / (t + 1)
    squares += (x - mean) * (x - mean)
  }

  /// The interval at this look; the whole range before the first outcome.
  ///
  /// - Complexity: O(*n*) for *n* outcomes, some tens of times.
  public var interval: Interval {
    let width = range.upperBound - range.lowerBound
    let lower = range.lowerBound + least(mirrored: false) * width
    let upper = range.upperBound - least(mirrored: true) * width
    // Against both gamblers the two may pass each other, if there is no common mean at all.
    return Interval(lower: min(lower, upper), upper: max(lower, upper))
  }

  /// The logarithm of the e-value against a mean inside the range: the mean of the two capitals.
  public func logEValue(against mean: Double) -> Double {
    precondition(range.contains(mean), "a mean lies in the range of its outcomes")
    let width = range.upperBound - range.lowerBound
    let capitals = [
      logCapital(against: (mean - range.lowerBound) / width, mirrored: false),
      logCapital(against: (range.upperBound - mean) / width, mirrored: true),
    ]
    return logSumExp(capitals) - log(2)
  }

  /// The least mean that the gambler who bets on more has not beaten.
  private func least(mirrored: Bool) -> Double {
    func excess(_ m: Double) -> Double {
      logCapital(against: m, mirrored: mirrored) - log(2 / alpha)
    }
    // At zero itself every positive outcome is proof, but a truncated bet has no size.
    let start = 0x1p-60
    guard excess(start) > 0 else { return 0 }
    return findRoot(from: start, to: 1, of: excess) ?? 0
  }

  /// The logarithm of the capital of the gambler who bets that outcomes, or their mirror images
  /// `1 − x`, have a greater mean; it falls as the candidate rises.
  private func logCapital(against m: Double, mirrored: Bool) -> Double {
    let limit = truncation / m
    // Many factors share a logarithm; none is above 2⁶⁰.
    var (total, product) = (0.0, 1.0)
    for index in outcomes.indices {
      let x = mirrored ? 1 - outcomes[index] : outcomes[index]
      product *= 1 + min(bets[index], limit) * (x - m)
      if !(product > 0x1p-900 && product < 0x1p900) {
        total += log(product)
        product = 1
      }
    }
    return total + log(product)
  }
}
