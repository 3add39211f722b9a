internal import Probability

/// Student's distribution, or the normal one where the degrees of freedom are infinite.
struct StudentReference {
  let degreesOfFreedom: Double

  /// P(T > t).
  func survival(_ t: Double) -> Double {
    guard degreesOfFreedom.isFinite else { return StandardNormal.survival(t) }
    return StudentTDistribution(degreesOfFreedom: degreesOfFreedom).survival(t)
  }

  /// The value that T exceeds with probability `q`.
  func upperQuantile(_ q: Double) -> Double {
    guard degreesOfFreedom.isFinite else { return StandardNormal.upperQuantile(q) }
    return StudentTDistribution(degreesOfFreedom: degreesOfFreedom).upperQuantile(q)
  }

  /// The name of the reference.
  var name: String { degreesOfFreedom.isFinite ? "t" : "z" }
}
