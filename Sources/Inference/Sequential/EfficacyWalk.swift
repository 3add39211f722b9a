#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The bounds of a group-sequential test from what its looks may spend, and back.
enum EfficacyWalk {
  /// The critical values of the looks.
  ///
  /// - Parameters:
  ///   - information: The information at the looks, ascending, in any unit.
  ///   - spent: The error of one side that is spent by each look.
  ///   - sides: Whether sums leave on one side or on two.
  /// - Returns: The bounds; infinite where nothing may be spent.
  static func bounds(information: [Double], spent: [Double], sides: TestSides) -> [Double] {
    var walk = CrossingProbability()
    var before = 0.0
    return zip(information, spent).map { next, total in
      walk.advance(to: next)
      let bound = bound(of: walk, exits: total - before)
      before = max(before, total)
      walk.goOn(from: sides == .one ? -.infinity : -bound, to: bound)
      return bound
    }
  }

  /// The probabilities, under the null, that sums first leave upwards at each look.
  static func exits(information: [Double], bounds: [Double], sides: TestSides) -> [Double] {
    var walk = CrossingProbability()
    return zip(information, bounds).map { next, bound in
      walk.advance(to: next)
      walk.goOn(from: sides == .one ? -.infinity : -bound, to: bound)
      return walk.exits(above: bound)
    }
  }

  /// The bound above which a walk has a probability.
  private static func bound(of walk: CrossingProbability, exits probability: Double) -> Double {
    guard probability > 0 else { return .infinity }
    // Without the looks before it the bound would be no lower.
    let high = StandardNormal.upperQuantile(min(probability, 0.5))
    func excess(_ bound: Double) -> Double { log(walk.exits(above: bound) / probability) }
    guard high < 38 else { return .infinity }
    var low = high
    // Two-sided bounds do not cross zero: no error that is spent asks for that.
    while low > -9, !(excess(low) > 0) { low -= 0.5 }
    return low == high ? high : findRoot(from: low, to: min(high, low + 0.5), of: excess) ?? low
  }
}
