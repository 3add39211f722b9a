internal import Probability

/// What is known of an arm's score in a context: a normal law, or Student's, by location and scale.
struct ScoreLaw {
  let location: Double
  let scale: Double
  /// The degrees of freedom of Student's law, or nil for a normal one.
  var degreesOfFreedom: Double?

  /// A draw.
  @inline(__always)
  func draw(using rng: inout Philox) -> Double {
    let standard =
      degreesOfFreedom.map { StudentTDistribution(degreesOfFreedom: $0).draw(using: &rng) }
      ?? StandardNormal.draw(using: &rng)
    return location + scale * standard
  }

  /// The law, for comparison with others.
  var independentLaw: IndependentLaw {
    // A scale that underflows would be no law.
    let scale = max(scale, .leastNormalMagnitude)
    guard let degreesOfFreedom else {
      return IndependentLaw(NormalDistribution(), location: location, scale: scale)
    }
    return IndependentLaw(
      StudentTDistribution(degreesOfFreedom: degreesOfFreedom), location: location, scale: scale)
  }
}
