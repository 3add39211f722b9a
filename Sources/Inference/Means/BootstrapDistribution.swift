internal import Probability

/// The replicates of an estimate under resampling, and the intervals that are read from them.
///
/// Reference: DiCiccio and Efron (1996), *Statistical Science* 11, 189–228.
public struct BootstrapDistribution: Hashable, Sendable {
  /// The estimate from the sample itself, `θ̂`.
  public let estimate: Double
  /// The replicates `θ*`, ascending. One may be infinite where it divides by zero.
  public let replicates: [Double]
  /// The acceleration `a` of BCa, from the jackknife.
  public let acceleration: Double
  /// The plug-in standard error of the estimate; nil for quantiles, which have no simple one.
  public let plugInStandardError: Double?
  /// `(θ* − θ̂)/se*`, ascending.
  private let pivots: [Double]

  init(
    estimate: Double, variance: Double?, replicates: Replicates, acceleration: Double
  ) throws(InferenceError) {
    guard replicates.values.count > 1 else { throw .noVariation }
    self.estimate = estimate
    self.replicates = replicates.values.sorted()
    self.acceleration = acceleration
    plugInStandardError = variance?.squareRoot()
    pivots = replicates.pivots.sorted()
  }

  /// The standard deviation of the finite replicates.
  public var standardError: Double {
    let finite = Moments(replicates.lazy.filter(\.isFinite))
    return finite.count > 1 ? finite.variance.squareRoot() : 0
  }

  /// The percentile interval, `[θ*_{α/2}, θ*_{1−α/2}]`.
  public func percentile(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let tail = (1 - level) / 2
    return Interval(lower: replicates.interpolated(tail), upper: replicates.interpolated(1 - tail))
  }

  /// The basic interval, the percentile interval reflected at the estimate.
  public func basic(level: Double = 0.95) -> Interval {
    let interval = percentile(level: level)
    return Interval(lower: 2 * estimate - interval.upper, upper: 2 * estimate - interval.lower)
  }

  /// The bias-corrected and accelerated interval.
  ///
  ///     α₁ = Φ(z₀ + (z₀ + z_{α/2}) / (1 − a(z₀ + z_{α/2})))      z₀ = Φ⁻¹(share of θ* below θ̂)
  ///
  /// It is correct to second order, and does not change if the estimate is transformed. Where all
  /// replicates lie on one side of the estimate there is no `z₀`, and the interval is infinite.
  ///
  /// Reference: Efron (1987), *Journal of the American Statistical Association* 82, 171–185.
  public func bca(level: Double = 0.95) -> Interval {
    checkLevel(level)
    let below = replicates.firstIndex(reaching: estimate)
    let upTo = replicates.firstIndex(reaching: estimate.nextUp)
    // Replicates equal to the estimate are half below it.
    let share = Double(below + upTo) / Double(2 * replicates.count)
    guard 0 < share, share < 1 else { return Interval(lower: -.infinity, upper: .infinity) }
    let bias = StandardNormal.quantile(share)
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    func adjusted(_ z: Double) -> Double {
      let shift = bias + z
      // Beyond a(z₀ + z) = 1 the transformation folds over; the extreme replicate is all there is.
      let spare = 1 - acceleration * shift
      return spare > 0 ? StandardNormal.cdf(bias + shift / spare) : (shift > 0 ? 1 : 0)
    }
    return Interval(
      lower: replicates.interpolated(adjusted(-z)), upper: replicates.interpolated(adjusted(z)))
  }

  /// The studentised interval (bootstrap-t), `[θ̂ − t*_{1−α/2} se, θ̂ − t*_{α/2} se]`; nil for
  /// quantiles.
  public func studentized(level: Double = 0.95) -> Interval? {
    checkLevel(level)
    guard let plugInStandardError, pivots.count > 1 else { return nil }
    let tail = (1 - level) / 2
    return Interval(
      lower: estimate - pivots.interpolated(1 - tail) * plugInStandardError,
      upper: estimate - pivots.interpolated(tail) * plugInStandardError)
  }
}

extension [Double] {
  /// The quantile of ascending numbers, linear between them, as Hyndman and Fan's definition 7.
  fileprivate func interpolated(_ probability: Double) -> Double {
    let place = probability * Double(count - 1)
    let index = Swift.min(Swift.max(0, Int(place)), count - 1)
    let next = Swift.min(index + 1, count - 1)
    let (low, high) = (self[index], self[next])
    let share = place - Double(index)
    return share == 0 || low == high ? low : low + share * (high - low)
  }
}
