extension DunnettTest {
  /// How the variances of the arms are thought of.
  public enum Variances: String, CaseIterable, Codable, Sendable {
    /// One variance in all arms, estimated from all.
    case pooled
    /// Each arm has its own.
    case separate
  }

  /// Compares the means of arms with that of a control.
  ///
  /// - Parameters:
  ///   - control: The outcomes of the control.
  ///   - treatments: Those of the other arms.
  ///   - variances: Whether the arms share one variance; if not, the test is approximate.
  /// - Throws: `tooFewArms` without arms to compare; `tooFewSessions` if an arm is too small (the control is
  ///   arm 0), `noVariation` if outcomes do not vary, `overflow` if a variance is not finite.
  public init(
    control: Moments, treatments: [Moments], variances: Variances = .pooled
  ) throws(InferenceError) {
    guard !treatments.isEmpty else { throw .tooFewArms(count: 1) }
    let arms = [control] + treatments
    let needed = variances == .pooled ? 1 : 2
    for (arm, moments) in arms.enumerated() {
      guard moments.count >= needed else {
        throw .tooFewSessions(arm: arm, count: moments.count, needed: needed)
      }
      guard moments.mean.isFinite, moments.sumOfSquaredDeviations.isFinite else {
        throw .overflow(arm: arm)
      }
    }
    switch variances {
    case .pooled: try self.init(pooling: arms)
    case .separate: try self.init(separating: arms)
    }
  }

  private init(pooling arms: [Moments]) throws(InferenceError) {
    let degrees = arms.reduce(0) { $0 + $1.count } - arms.count
    guard degrees > 0 else { throw .tooFewSessions(arm: 0, count: arms[0].count, needed: 2) }
    let variance = arms.reduce(0) { $0 + $1.sumOfSquaredDeviations / Double(degrees) }
    guard variance > 0 else { throw .noVariation }
    guard variance.isFinite else { throw .overflow(arm: 0) }
    let points = arms.map { (estimate: $0.mean, variance: variance / Double($0.count)) }
    self.init(
      control: points[0], treatments: Array(points.dropFirst()),
      degreesOfFreedom: Array(repeating: Double(degrees), count: arms.count - 1),
      name: "Dunnett", nullHypothesis: "μᵢ = μ₀", reference: "Dunnett 1955, 1964")
  }

  private init(separating arms: [Moments]) throws(InferenceError) {
    let points = arms.map { (estimate: $0.mean, variance: $0.variance / Double($0.count)) }
    guard points.allSatisfy({ $0.variance > 0 }) else { throw .noVariation }
    let degrees = arms.indices.dropFirst().map { arm in
      let total = points[arm].variance + points[0].variance
      let (own, other) = (points[arm].variance / total, points[0].variance / total)
      return 1
        / (own * own / Double(arms[arm].count - 1) + other * other / Double(arms[0].count - 1))
    }
    self.init(
      control: points[0], treatments: Array(points.dropFirst()), degreesOfFreedom: degrees,
      name: "Dunnett, separate variances", nullHypothesis: "μᵢ = μ₀",
      reference: "Hasler and Hothorn 2008")
  }
}
