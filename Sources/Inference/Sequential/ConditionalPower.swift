internal import Probability

extension GroupSequentialDesign {
  /// The probability that the test will yet reject upwards, given what it has seen.
  ///
  ///     P(Zⱼ ≥ bⱼ at some look j to come | Z(t) = z),   B(t) = z√t
  ///
  /// Futility bounds are not heeded; a two-sided test may yet stop on its other side.
  ///
  /// Reference: Jennison and Turnbull (2000), *Group Sequential Methods*, section 10.2.
  ///
  /// - Parameters:
  ///   - time: The share of the information that is there, from 0 to below 1.
  ///   - z: The score now.
  ///   - drift: The mean of the score at full information; nil is the trend so far, `z/√t`.
  /// - Returns: The probability of a rejection upwards at a look to come.
  public func conditionalPower(at time: Double, z: Double, drift: Double? = nil) -> Double {
    precondition(
      0 <= time && time < 1, "a test that goes on has a share of the information below 1")
    precondition(time > 0 || drift != nil, "there is no trend before the first session")
    let sum = z * time.squareRoot()
    var walk = CrossingProbability(drift: drift ?? z / time.squareRoot())
    var power = 0.0
    for (next, bound) in zip(times, bounds) where next > time {
      let (gain, edge) = (next - time, bound * next.squareRoot())
      let upper = (edge - sum) / gain.squareRoot()
      let lower = sides == .two ? (-edge - sum) / gain.squareRoot() : -.infinity
      walk.advance(to: gain)
      power += walk.exits(above: upper)
      walk.goOn(from: lower, to: upper)
    }
    return power
  }

  /// The conditional power averaged over what the data say of the drift, after a flat prior:
  /// `θ ~ N(z/√t, 1/t)`.
  ///
  /// Reference: Spiegelhalter, Freedman and Blackburn (1986), *Controlled Clinical Trials* 7, 8–17.
  ///
  /// - Parameters:
  ///   - time: The share of the information that is there, between 0 and 1.
  ///   - z: The score now.
  /// - Returns: The predictive probability of a rejection upwards.
  public func predictivePower(at time: Double, z: Double) -> Double {
    precondition(0 < time && time < 1, "a prediction needs some information, and some to come")
    if let bound = bounds.last, times.count(where: { $0 > time }) == 1 {
      // B(1) is normal, of mean B(t)/t and variance (1 − t)/t.
      return StandardNormal.survival(
        (bound - z / time.squareRoot()) / ((1 - time) / time).squareRoot())
    }
    let average = AdaptiveQuadrature().integrate(over: [-9, -3, 0, 3, 9]) { deviation in
      let drift = (z + deviation) / time.squareRoot()
      return StandardNormal.density(deviation) * conditionalPower(at: time, z: z, drift: drift)
    }
    return min(1, average.value)
  }
}
