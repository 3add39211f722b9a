internal import Probability

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
/// - Complexity: O(*k*) densities at some 200 points for *k* draws of like widths.
enum GreatestDraw {
  static func probabilities(_ laws: [IndependentLaw]) -> [Double] {
    precondition(!laws.isEmpty, "the greatest is one of several draws")
    if laws.count == 1 { return [1] }
    // Below the bottom one of the laws has nothing, so that all cannot lie there. A step outwards takes
    // in laws that are narrower than the doubles about them.
    let bottom = laws.reduce(-Double.infinity) { max($0, $1.support.lowerBound) }.nextDown
    let top = laws.reduce(-Double.infinity) { max($0, $1.support.upperBound) }.nextUp
    var wins = Array(repeating: 0.0, count: laws.count)
    var nodes = PanelNodes(count: laws.count)
    var open = [Panel(lower: bottom, upper: top, below: (all(laws, bottom), all(laws, top)))]
    while let panel = open.popLast() {
      let middle = panel.lower + 0.5 * (panel.upper - panel.lower)
      guard panel.lower < middle, middle < panel.upper else {
        // Laws too narrow for doubles: the growth belongs to those that have it here.
        let steps = laws.map { $0.cdf(panel.upper) - $0.cdf(panel.lower) }
        let total = steps.reduce(0, +)
        for arm in laws.indices where total > 0 { wins[arm] += panel.growth * steps[arm] / total }
        continue
      }
      var miss = Double.infinity
      if panel.isNarrow(for: laws) {
        nodes.integrate(laws, from: panel.lower, to: panel.upper)
        if let scale = panel.scale(nodes) {
          for arm in laws.indices { wins[arm] += nodes.parts[arm] * scale }
          continue
        }
        miss = panel.miss(nodes)
      }
      let below = all(laws, middle)
      open.append(
        Panel(
          lower: middle, upper: panel.upper, below: (below, panel.below.upper), missBefore: miss))
      open.append(
        Panel(
          lower: panel.lower, upper: middle, below: (panel.below.lower, below), missBefore: miss))
    }
    let total = wins.reduce(0, +)
    return wins.map { $0 / total }
  }

  /// The probability that all draws lie below a point.
  private static func all(_ laws: [IndependentLaw], _ x: Double) -> Double {
    laws.reduce(1) { $0 * $1.cdf(x) }
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

/// A part of the line.
private struct Panel {
  let lower: Double
  let upper: Double
  /// The probability that all draws lie below the lower end, and below the upper.
  let below: (lower: Double, upper: Double)
  /// By how much the panel that this is a half of missed its growth.
  var missBefore = Double.infinity

  /// The probability that the greatest draw lies here.
  var growth: Double { below.upper - below.lower }

  /// Whether the panel is no wider than a sixth, three standard deviations or so, of any law that it meets.
  func isNarrow(for laws: [IndependentLaw]) -> Bool {
    laws.allSatisfy { law in
      let (low, high) = (law.support.lowerBound, law.support.upperBound)
      return high < lower || low > upper || 6 * (upper - lower) <= high - low
    }
  }

  /// By how much the nodes miss the growth.
  func miss(_ nodes: PanelNodes) -> Double { abs(nodes.sum - growth) }

  /// What to scale the parts by, or nil if the panel is to be halved.
  func scale(_ nodes: PanelNodes) -> Double? {
    let miss = miss(nodes)
    // What the rounding of places, of functions and of the product explains is no error to pursue.
    let rounding =
      4 * max(lower.ulp, upper.ulp) * nodes.peak + 1e-14 * growth + 4e-15 * below.upper + 1e-17
    // Halving divides the error of an analytic function by thousands: one that does not fall is
    // rounding too.
    let isStuck = miss <= max(1e-9 * growth, 1e-12 * below.upper) && miss > missBefore / 16
    guard miss <= rounding || isStuck else { return nil }
    return nodes.sum > 0 && miss <= 1e-6 * growth ? growth / nodes.sum : 1
  }
}

/// The integrals over a panel, at sixteen nodes.
private struct PanelNodes {
  /// For each draw, the probability to be the greatest and to lie in the panel.
  private(set) var parts: [Double]
  /// Their sum.
  private(set) var sum = 0.0
  /// The greatest density of the greatest draw.
  private(set) var peak = 0.0
  // Of each draw at a node: P(it lies below), and that those before it do.
  private var levels: [Double]
  private var before: [Double]

  private static let rule = GaussLegendre(count: 16)

  init(count: Int) {
    parts = Array(repeating: 0, count: count)
    (levels, before) = (parts, parts)
  }

  mutating func integrate(_ laws: [IndependentLaw], from lower: Double, to upper: Double) {
    let half = 0.5 * (upper - lower)
    let center = lower + half
    (sum, peak) = (0, 0)
    for arm in parts.indices { parts[arm] = 0 }
    for (node, weight) in zip(Self.rule.nodes, Self.rule.weights) {
      let x = center + half * node
      // All others lie below: those before an arm, gathered on the way up, and those after it.
      var below = 1.0
      for arm in laws.indices {
        levels[arm] = x < laws[arm].support.upperBound ? laws[arm].cdf(x) : 1
        before[arm] = below
        below *= levels[arm]
      }
      var (after, density) = (1.0, 0.0)
      for arm in laws.indices.reversed() {
        if x < laws[arm].support.upperBound {
          let own = laws[arm].density(x) * before[arm] * after
          parts[arm] += half * weight * own
          density += own
        }
        after *= levels[arm]
      }
      peak = max(peak, density)
      sum += half * weight * density
    }
  }
}
