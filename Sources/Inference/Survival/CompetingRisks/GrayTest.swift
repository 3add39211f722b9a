internal import LinearAlgebra
internal import Probability

/// Gray's test of the cumulative incidences of one cause in several arms.
///
///     H₀: F₁ = … = Fₖ        χ² = sᵀ V⁻¹ s,   k − 1 degrees of freedom
///     sᵢ = Σₜ (1 − F̂(t−))^ρ (dᵢ − d Rᵢ/Σⱼ Rⱼ)        Rⱼ = nⱼ (1 − F̂ⱼ(t−))/Ŝⱼ(t−)
///
/// Sessions that ended by another cause stay in `R`, so that incidences are compared and not
/// hazards. `F̂` without an index is the incidence under the null hypothesis.
///
/// Reference: Gray (1988), *Annals of Statistics* 16, 1141–1154.
public struct GrayTest: Hashable, Sendable {
  /// The statistic `χ²`.
  public let chiSquared: Double
  /// The degrees of freedom: the arms with sessions, less one.
  public let degreesOfFreedom: Int

  /// Compares arms.
  ///
  /// - Throws: As ``init(strata:cause:rho:)``.
  public init(
    arms: [CompetingRiskTable], cause: Int, rho: Double = 0
  ) throws(InferenceError) {
    try self.init(strata: [arms], cause: cause, rho: rho)
  }

  /// Compares arms inside each stratum, and adds scores and variances; every stratum lists the same
  /// arms, an arm without sessions as an empty table.
  ///
  /// - Parameters:
  ///   - strata: The arms, stratum by stratum.
  ///   - cause: The cause of interest, from zero.
  ///   - rho: The weight's power, zero or more; above zero early differences count more.
  /// - Throws: `tooFewArms` if fewer than two arms have sessions, `noEvents` if the cause had none,
  ///   `noVariation` if arms were never at risk together.
  /// - Complexity: O(*k*³) for each distinct time of a stratum.
  public init(
    strata: [[CompetingRiskTable]], cause: Int, rho: Double = 0
  ) throws(InferenceError) {
    precondition(rho >= 0 && rho.isFinite, "a weight's power is zero or more")
    let count = strata.first?.count ?? 0
    precondition(strata.allSatisfy { $0.count == count }, "every stratum has the same arms")
    let arms = (0..<count).filter { arm in strata.contains { $0[arm].count > 0 } }
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    let hasEvents = strata.joined().contains { $0.lifeTable(of: cause).eventCount > 0 }
    guard hasEvents else { throw .noEvents }
    degreesOfFreedom = arms.count - 1
    var score = Array(repeating: 0.0, count: arms.count)
    var covariance = Matrix(rows: degreesOfFreedom, columns: degreesOfFreedom)
    for tables in strata {
      let sums = GraySums(arms.map { tables[$0] }, cause: cause, rho: rho)
      for row in 0..<degreesOfFreedom {
        score[row] += sums.score[row]
        for column in 0..<degreesOfFreedom {
          covariance[row, column] += sums.covariance[row, column]
        }
      }
    }
    guard let factor = Cholesky(covariance) else { throw .noVariation }
    let whitened = factor.solveLower(Array(score.dropLast()))
    chiSquared = dot(whitened, whitened)
  }

  /// The probability, under the null, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(chiSquared)
  }
}
