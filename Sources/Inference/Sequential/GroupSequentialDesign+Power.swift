#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

extension GroupSequentialDesign {
  /// What becomes of a test at one drift.
  public struct Outcomes: Hashable, Sendable {
    /// The probability of stopping at each look to reject upwards.
    public let above: [Double]
    /// The probability of stopping at each look to reject downwards, or for futility.
    public let below: [Double]
    /// The share of the full information at which the test stops, on average.
    public let expectedTime: Double
  }

  /// What becomes of the test at a drift, its futility bounds heeded.
  ///
  /// - Parameters:
  ///   - drift: The mean of the score at full information, `θ = δ√I`.
  ///   - deviation: The standard deviation of each score. It is 1 unless the variance that the test
  ///     uses, say that of a null, is not the true one.
  /// - Returns: The probabilities of stopping, by look, and the expected information.
  public func outcomes(drift: Double, deviation: Double = 1) -> Outcomes {
    precondition(deviation > 0, "a standard deviation is positive")
    var walk = CrossingProbability(drift: drift / deviation)
    var (above, below) = ([Double](), [Double]())
    var (going, expected, before) = (1.0, 0.0, 0.0)
    for (look, time) in times.enumerated() {
      expected += going * (time - before)
      walk.advance(to: time)
      let lower = lowerBound(at: look) / deviation
      let upper = bounds[look] / deviation
      above.append(walk.exits(above: upper))
      below.append(lower > -.infinity ? walk.exits(below: lower) : 0)
      walk.goOn(from: min(lower, upper), to: upper)
      going = max(0, going - above[look] - below[look])
      before = time
    }
    return Outcomes(above: above, below: below, expectedTime: expected)
  }

  /// The probability of rejecting upwards at a drift.
  ///
  /// A two-sided test may also reject on the wrong side; as in the published tables, that is no power.
  public func power(drift: Double) -> Double { outcomes(drift: drift).above.reduce(0, +) }

  /// The drift at which the test has a power, above `α` and below 1: the mean of the final score, `δ√I`.
  ///
  /// The full information that an effect `δ` needs is the square of the drift over `δ²`.
  public func drift(power: Double) -> Double {
    precondition(alpha < power && power < 1, "a power lies between the error and 1")
    let start = fixedDrift(power: power)
    var (low, high) = (0.0, start)
    while self.power(drift: high) < power { (low, high) = (high, 1.25 * high) }
    return findRoot(from: low, to: high) { self.power(drift: $0) - power } ?? high
  }

  /// How much more information the test needs at most than one that looks once.
  public func inflation(power: Double = 0.8) -> Double {
    let ratio = drift(power: power) / fixedDrift(power: power)
    return ratio * ratio
  }

  /// The information that the test needs on average, against one that looks once.
  ///
  /// - Parameters:
  ///   - power: The power that the test is planned for.
  ///   - effect: The true effect as a multiple of the one planned for: 0 is the null, 1 the plan.
  /// - Returns: A ratio of expected information to that of one look.
  public func expectedInflation(power: Double = 0.8, effect: Double) -> Double {
    inflation(power: power) * outcomes(drift: effect * drift(power: power)).expectedTime
  }

  /// The drift that a test of one look needs, `z_α + z_β`.
  func fixedDrift(power: Double) -> Double {
    StandardNormal.upperQuantile(sides.share(of: alpha)) + StandardNormal.quantile(power)
  }

  /// Below what a look stops, for whichever reason.
  private func lowerBound(at look: Int) -> Double {
    sides == .two ? -bounds[look] : futility?.bounds[look] ?? -.infinity
  }
}
