public import LinearAlgebra
internal import Probability

/// The Wald test that several coefficients are zero at once.
///
///     χ² = b̂ᵀ V⁻¹ b̂
///
/// With a robust or a clustered covariance it is the test that a likelihood ratio cannot give.
///
/// Reference: Wald (1943), *Transactions of the American Mathematical Society* 54, 426–482.
public struct JointWaldTest: Hashable, Sendable {
  /// The statistic χ², zero or more.
  public let statistic: Double
  /// The number of coefficients tested.
  public let degreesOfFreedom: Int

  /// Tests some coefficients of a fit; nil if their covariance is singular.
  ///
  /// - Parameters:
  ///   - coefficients: The coefficients `β̂` of a fit.
  ///   - tested: The columns that are zero under the hypothesis.
  ///   - covariance: The covariance of all coefficients.
  /// - Complexity: O(*q*³) for *q* tested coefficients.
  public init?(_ coefficients: [Double], tested: Set<Int>, covariance: Matrix) {
    precondition(
      !tested.isEmpty && tested.isSubset(of: coefficients.indices),
      "a test is of coefficients of the fit")
    let columns = tested.sorted()
    guard let factor = Cholesky(covariance.selecting(columns)) else { return nil }
    let statistic = factor.solveLower(columns.map { coefficients[$0] }).reduce(0) { $0 + $1 * $1 }
    guard statistic.isFinite else { return nil }
    self.statistic = statistic
    degreesOfFreedom = columns.count
  }

  /// The probability, if the coefficients are zero, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic)
  }
}
