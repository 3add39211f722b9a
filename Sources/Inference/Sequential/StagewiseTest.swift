#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The estimate, p-value and interval of a group-sequential test that has ended, by stage-wise ordering.
///
/// Stopping early on a large score biases the naive estimate outwards. Outcomes are ordered by the look
/// at which they stop, then by the score:
///
///     P_θ(more extreme upwards) = Σ over j < k of P_θ(stop upwards at j) + P_θ(reach k, Z_k ≥ z)
///
/// The p-value is this at the null; the estimate is the `θ` at which it is ½ (median-unbiased); the
/// interval's ends are where it and its complement are `α/2`. None of it depends on looks that were
/// never taken, and the test rejects exactly where a bound was crossed.
///
/// References: Tsiatis, Rosner and Mehta (1984), *Biometrics* 40, 797–803; Jennison and Turnbull (2000),
/// *Group Sequential Methods*, sections 8.4 and 8.5.
public struct StagewiseTest: HypothesisTest {
  public let null: Double
  /// The score `z` at which the test ended.
  public let z: Double
  /// The median-unbiased estimate.
  public let estimate: Double

  /// The information at the looks, as shares of the last.
  private let times: [Double]
  /// The critical values of the looks before the last.
  private let bounds: [Double]
  private let sides: TestSides
  private let standardError: Double
  private let scale: TestDescription.Scale

  /// Takes an analysis as having ended at its last look.
  init(_ analysis: GroupSequentialAnalysis) {
    let last = analysis.looks[analysis.looks.count - 1].effect
    null = analysis.null
    z = (last.value - analysis.null) / last.standardError
    times = analysis.relativeInformation
    bounds = analysis.bounds.dropLast()
    sides = analysis.design.sides
    standardError = last.standardError
    scale = last.scale
    let median = Self.root(near: z, rising: true) { [z, times, bounds, sides] drift in
      log(2 * Self.tail(.greater, z, drift, times, bounds, sides))
    }
    estimate = null + median * standardError
  }

  public var method: TestDescription {
    TestDescription(
      name: "group sequential, stage-wise ordering",
      nullHypothesis: null == scale.noEffect ? "no effect" : "effect = \(null)", scale: scale,
      twoSidedRule: .doubledTail, intervalName: "stage-wise exact", intervalInvertsTest: true,
      reference: "Tsiatis, Rosner and Mehta 1984")
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .greater, .less: min(1, tail(alternative, drift: 0))
    case .twoSided: min(1, 2 * min(tail(.greater, drift: 0), tail(.less, drift: 0)))
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let alpha = (1 - level) / 2
    let lower = Self.root(near: z, rising: true) { log(tail(.greater, drift: $0) / alpha) }
    let upper = Self.root(near: z, rising: false) { log(tail(.less, drift: $0) / alpha) }
    return Interval(
      lower: null + min(lower, upper) * standardError,
      upper: null + max(lower, upper) * standardError)
  }

  private func tail(_ side: Alternative, drift: Double) -> Double {
    Self.tail(side, z, drift, times, bounds, sides)
  }

  /// The probability, at a drift of the last score, of an outcome at least as extreme on one side.
  private static func tail(
    _ side: Alternative, _ z: Double, _ drift: Double, _ times: [Double], _ bounds: [Double],
    _ sides: TestSides
  ) -> Double {
    var walk = CrossingProbability(drift: drift)
    var sum = 0.0
    for (time, bound) in zip(times, bounds) {
      walk.advance(to: time)
      let lower = sides == .one ? -.infinity : -bound
      if side == .greater {
        sum += bound < .infinity ? walk.exits(above: bound) : 0
      } else if lower > -.infinity {
        sum += walk.exits(below: lower)
      }
      walk.goOn(from: lower, to: bound)
    }
    walk.advance(to: 1)
    return sum + (side == .greater ? walk.exits(above: z) : walk.exits(below: z))
  }

  /// The root of a monotone function of the drift, sought outwards from the score.
  private static func root(
    near start: Double, rising: Bool, of function: (Double) -> Double
  ) -> Double {
    let forward: Double = (function(start) < 0) == rising ? 1 : -1
    let sign = function(start) < 0
    var (near, far) = (start, start + forward)
    while (function(far) < 0) == sign, abs(far - start) < 64 { (near, far) = (far, far + forward) }
    return findRoot(from: near, to: far, absoluteError: 1e-14, of: function) ?? far
  }
}
