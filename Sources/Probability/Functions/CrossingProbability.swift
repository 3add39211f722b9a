#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The chance that a drifting sum leaves its boundaries at one look or another: the recursion behind
/// every group-sequential design.
///
/// At information `I` the sum is `B ~ N(θI, I)` and its score is `Z = B/√I`; increments are
/// independent. The density of the sums that have not stopped is carried from look to look,
///
///     gₖ(x) = ∫ gₖ₋₁(y) φ((x − y − θΔ)/√Δ)/√Δ dy   over the y that went on,   Δ = Iₖ − Iₖ₋₁
///
/// by Gauss–Legendre quadrature; the relative error is about 1e-13. A design walks through its looks:
///
///     var walk = CrossingProbability()
///     for (information, bound) in looks {
///       walk.advance(to: information)
///       alpha += walk.exits(above: bound)
///       walk.goOn(from: -.infinity, to: bound)
///     }
///
/// Reference: Armitage, McPherson and Rowe (1969), *Journal of the Royal Statistical Society A* 132,
/// 235–244; Jennison and Turnbull (2000), *Group Sequential Methods*, chapter 19.
public struct CrossingProbability: Sendable {
  /// The drift `θ`: the mean of the sum per unit of information.
  public let drift: Double
  /// The information `I` at the present look; zero before the first.
  public private(set) var information = 0.0

  /// The sums that went on at the look before, as masses at nodes.
  private var nodes = [0.0]
  private var masses = [1.0]
  /// The information gained since then.
  private var gain = 0.0
  /// The sums that go on at the present look, if that has been said.
  private var continuation: ClosedRange<Double>? = 0...0

  /// Starts at no information, with all of the probability.
  public init(drift: Double = 0) {
    precondition(drift.isFinite, "a drift is finite")
    self.drift = drift
  }

  /// Moves to the next look, at more information.
  ///
  /// Sums of the look before are those that went on there; all do if nothing else was said.
  ///
  /// - Complexity: O(*n*²) for *n* nodes, some tens.
  public mutating func advance(to next: Double) {
    precondition(next > information && next.isFinite, "information grows from look to look")
    if information > 0 { settle(before: next - information) }
    gain = next - information
    information = next
    continuation = nil
  }

  /// The probability of coming to this look and finding a score above the bound.
  public func exits(above bound: Double) -> Double {
    let (edge, scale) = (bound * information.squareRoot() - drift * gain, gain.squareRoot())
    var sum = 0.0
    for index in nodes.indices {
      sum += masses[index] * StandardNormal.survival((edge - nodes[index]) / scale)
    }
    return sum
  }

  /// The probability of coming to this look and finding a score below the bound.
  public func exits(below bound: Double) -> Double {
    let (edge, scale) = (bound * information.squareRoot() - drift * gain, gain.squareRoot())
    var sum = 0.0
    for index in nodes.indices {
      sum += masses[index] * StandardNormal.cdf((edge - nodes[index]) / scale)
    }
    return sum
  }

  /// Says which scores go on to the next look; the bounds may be infinite.
  public mutating func goOn(from lower: Double, to upper: Double) {
    precondition(lower <= upper, "the lower bound is not above the upper one")
    let root = information.squareRoot()
    continuation = (lower * root)...(upper * root)
  }

  /// Finds the masses of the sums that go on, at nodes as close as the steps on either side ask for.
  private mutating func settle(before nextGain: Double) {
    // Sums more than 9 standard deviations out have no weight.
    let (center, reach) = (drift * information, 9 * information.squareRoot())
    let low = max(continuation?.lowerBound ?? -.infinity, center - reach)
    let high = min(continuation?.upperBound ?? .infinity, center + reach)
    guard low < high else {
      (nodes, masses) = ([], [])
      return
    }
    let (scale, middle, half) = (gain.squareRoot(), 0.5 * (low + high), 0.5 * (high - low))
    let count = 24 + Int(7 * half / min(gain, nextGain).squareRoot())
    let rule = GaussLegendre(count: count)
    let points = rule.nodes.map { middle + half * $0 }
    let moved = nodes.map { $0 + drift * gain }
    masses = (0..<count).map { target in
      var density = 0.0
      for source in moved.indices {
        density +=
          masses[source] * StandardNormal.density((points[target] - moved[source]) / scale)
      }
      return density / scale * half * rule.weights[target]
    }
    nodes = points
  }
}
