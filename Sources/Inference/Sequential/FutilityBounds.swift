#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Bounds below which a one-sided test may stop because it has little chance left.
///
/// They spend the second kind of error, `β`, as the bounds of efficacy spend the first: under the
/// drift that the test is planned for,
///
///     P(first falls below aₖ at look k) = g(tₖ) − g(tₖ₋₁)      a_K = b_K
///
/// They are not binding: the bounds of efficacy are those of a test without them, so the error is kept
/// whether or not they are heeded.
///
/// Reference: Pampallona, Tsiatis and Kim (2001), *Drug Information Journal* 35, 1113–1121.
public struct FutilityBounds: Hashable, Sendable {
  /// How `β` is spent.
  public let spending: SpendingFunction
  /// The power, `1 − β`, that the test keeps when the bounds are heeded.
  public let power: Double
  /// The drift for which the bounds are made: the mean of the score at full information.
  public let drift: Double
  /// The bounds `aₖ` of the score; the last is that of efficacy.
  public let bounds: [Double]
}

extension GroupSequentialDesign {
  /// The same design with futility bounds that are not binding.
  ///
  /// - Parameters:
  ///   - spending: How `β` is spent.
  ///   - power: The power that the test is to keep when the bounds are heeded, above `α`.
  /// - Returns: The design, with the same bounds of efficacy.
  /// - Precondition: The test is one-sided.
  public func withFutility(_ spending: SpendingFunction, power: Double = 0.8) -> Self {
    precondition(sides == .one, "a two-sided test has no futility bounds here")
    precondition(alpha < power && power < 1, "a power lies between the error and 1")
    // One look accepts what it does not reject; more drift leaves less to accept.
    let start = fixedDrift(power: power)
    func walk(_ drift: Double) -> FutilityWalk {
      FutilityWalk(
        spending, beta: 1 - power, drift: drift, times: times, bounds: bounds, isLast: true)
    }
    var drift = start
    if times.count > 1 {
      func excess(_ drift: Double) -> Double { walk(drift).accepted / (1 - power) - 1 }
      var (low, high) = (start, 1.1 * start)
      while excess(high) > 0 { (low, high) = (high, 1.1 * high) }
      drift = findRoot(from: low, to: high, of: excess) ?? high
    }
    var design = self
    design.futility = FutilityBounds(
      spending: spending, power: power, drift: drift, bounds: walk(drift).bounds)
    return design
  }
}

/// The futility bounds of some looks under a drift, and what they make of it.
struct FutilityWalk {
  /// The bounds of the score, by look.
  private(set) var bounds: [Double] = []
  /// The probability of stopping for futility, or of not rejecting at the last look.
  private(set) var accepted = 0.0

  /// Walks through looks.
  ///
  /// - Parameters:
  ///   - spending: How `beta` is spent.
  ///   - beta: The second kind of error.
  ///   - drift: The mean of the score at full information.
  ///   - times: The shares of the information at the looks, ascending.
  ///   - efficacy: The bounds of efficacy.
  ///   - isLast: Whether the last of the looks ends the test.
  init(
    _ spending: SpendingFunction, beta: Double, drift: Double, times: [Double],
    bounds efficacy: [Double], isLast: Bool
  ) {
    var walk = CrossingProbability(drift: drift)
    var before = 0.0
    for (look, time) in times.enumerated() {
      walk.advance(to: time)
      let spent = spending.spent(by: time, of: beta)
      var bound = efficacy[look]
      if !(isLast && look == times.count - 1) {
        let center = drift * time.squareRoot()
        bound = min(bound, Self.bound(of: walk, around: center, exits: spent - before))
      }
      before = spent
      accepted += bound > -.infinity ? walk.exits(below: bound) : 0
      walk.goOn(from: bound, to: efficacy[look])
      bounds.append(bound)
    }
  }

  /// The bound below which a walk has a probability.
  private static func bound(
    of walk: CrossingProbability, around center: Double, exits probability: Double
  ) -> Double {
    // Without the looks before it the bound would be no higher.
    let low = center + StandardNormal.quantile(min(max(probability, 0), 0.5))
    guard low > -38 else { return -.infinity }
    func excess(_ bound: Double) -> Double { log(walk.exits(below: bound) / probability) }
    var high = low
    while high < 38, !(excess(high) > 0) { high += 0.5 }
    return high == low ? low : findRoot(from: max(low, high - 0.5), to: high, of: excess) ?? high
  }
}
