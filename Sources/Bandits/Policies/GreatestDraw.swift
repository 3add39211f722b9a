#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// One of several independent quantities, by its density and its distribution function.
struct IndependentLaw {
  /// Where all but some 1e-18 on either side lies.
  let support: ClosedRange<Double>
  let density: (Double) -> Double
  let cdf: (Double) -> Double

  /// The mass beyond each end of a support.
  private static let outside = 1e-18

  /// The law of `location + scale · X`, for a positive scale.
  init(_ law: some Distribution, location: Double = 0, scale: Double = 1) {
    let ends = (law.quantile(Self.outside), law.upperQuantile(Self.outside))
    support = location + scale * ends.0...location + scale * ends.1
    density = { law.density(($0 - location) / scale) / scale }
    cdf = { law.cdf(($0 - location) / scale) }
  }

  /// The law of `ln X`, which for a small shape is far smoother than that of `X`.
  init(logarithmOf law: GammaDistribution) {
    let least = max(law.quantile(Self.outside), .leastNormalMagnitude)
    support = log(least)...log(law.upperQuantile(Self.outside))
    density = { exp(law.logDensity(exp($0)) + $0) }
    cdf = { law.cdf(exp($0)) }
  }
}

/// The probability of each of several independent draws to be the greatest.
///
///     P(k is greatest) = ∫ fₖ Πⱼ≠ₖ Fⱼ
///
/// Any laws will do that have densities. On a panel from `a` to `b` these integrals sum to the growth
/// `Π Fⱼ(b) − Π Fⱼ(a)`, which is known: a panel where sixteen nodes miss it is halved, so that no peak
/// can be overlooked, however narrow; and one where they meet it is scaled to it, so that what
/// rounding did to the places of the nodes adds up to nothing.
///
/// The absolute error is some 1e-14 where densities and distribution functions have theirs at 1e-15.
/// - Complexity: O(*k*) densities at some 500 points for *k* draws of like widths.
enum GreatestDraw {
  static func probabilities(_ laws: [IndependentLaw]) -> [Double] {
    precondition(!laws.isEmpty, "the greatest is one of several draws")
    if laws.count == 1 { return [1] }
    // Below the bottom one of the laws has nothing, so that all cannot lie there.
    let bottom = laws.reduce(-Double.infinity) { max($0, $1.support.lowerBound) }
    let top = laws.reduce(-Double.infinity) { max($0, $1.support.upperBound) }
    var wins = Array(repeating: 0.0, count: laws.count)
    var parts = wins
    var before = wins
    var open = [Panel(lower: bottom, upper: top, below: (all(laws, bottom), all(laws, top)))]
    while let panel = open.popLast() {
      let peak = integrate(panel, laws, &parts, &before)
      let growth = panel.below.upper - panel.below.lower
      let sum = parts.reduce(0, +)
      let miss = abs(sum - growth)
      let middle = 0.5 * (panel.lower + panel.upper)
      // What the rounding of places, of functions and of the product explains is no error to pursue.
      let rounding =
        4 * max(panel.lower.ulp, panel.upper.ulp) * peak + 1e-14 * growth
        + 1e-15 * panel.below.upper + 1e-17
      // Halving divides the error of an analytic function by thousands: one that does not fall is
      // rounding too.
      let isStuck = miss <= 1e-9 * growth && miss > panel.missBefore / 16
      if miss <= rounding || isStuck || !(panel.lower < middle && middle < panel.upper) {
        let scale = sum > 0 && miss <= 1e-6 * growth ? growth / sum : 1
        for arm in laws.indices { wins[arm] += parts[arm] * scale }
      } else {
        let below = all(laws, middle)
        open.append(
          Panel(
            lower: middle, upper: panel.upper, below: (below, panel.below.upper), missBefore: miss))
        open.append(
          Panel(
            lower: panel.lower, upper: middle, below: (panel.below.lower, below), missBefore: miss))
      }
    }
    let total = wins.reduce(0, +)
    return wins.map { $0 / total }
  }

  private struct Panel {
    let lower: Double
    let upper: Double
    /// The probability that all draws lie below the lower end, and below the upper.
    let below: (lower: Double, upper: Double)
    /// By how much the panel that this is a half of missed.
    var missBefore = Double.infinity
  }

  private static let rule = GaussLegendre(count: 16)

  /// The probability that all draws lie below a point.
  private static func all(_ laws: [IndependentLaw], _ x: Double) -> Double {
    laws.reduce(1) { $0 * $1.cdf(x) }
  }

  /// For each draw, the probability to be the greatest and to lie in the panel; returns the greatest
  /// density of the greatest draw there.
  private static func integrate(
    _ panel: Panel, _ laws: [IndependentLaw], _ parts: inout [Double], _ before: inout [Double]
  ) -> Double {
    let half = 0.5 * (panel.upper - panel.lower)
    let center = panel.lower + half
    var peak = 0.0
    for arm in parts.indices { parts[arm] = 0 }
    for (node, weight) in zip(rule.nodes, rule.weights) {
      let x = center + half * node
      // All others lie below: those before an arm, gathered on the way up, and those after it.
      var below = 1.0
      for arm in laws.indices {
        before[arm] = below
        below *= laws[arm].cdf(x)
      }
      var (after, density) = (1.0, 0.0)
      for arm in laws.indices.reversed() {
        let own = laws[arm].density(x) * before[arm] * after
        parts[arm] += half * weight * own
        density += own
        after *= laws[arm].cdf(x)
      }
      peak = max(peak, density)
    }
    return peak
  }

  /// The arm of the greatest draw, of a draw for each.
  @inline(__always)
  static func arm(of count: Int, _ draw: (Int) -> Double) -> Arm {
    var best = (index: 0, draw: -Double.infinity)
    for index in 0..<count {
      let draw = draw(index)
      if draw > best.draw { best = (index, draw) }
    }
    return Arm(best.index)
  }
}
