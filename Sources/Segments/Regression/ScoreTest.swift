public import LinearAlgebra
internal import Probability

/// Rao's score test of a model against one nested in it, without fitting the larger.
///
///     χ² = s(β₀)ᵀ I(β₀)⁻¹ s(β₀)
///
/// Here `β₀` is the fit of the reduced model, written with zeros for the coefficients that it
/// leaves out, and `s` and `I` are score and information of the larger one.
///
/// Reference: Rao (1948), *Mathematical Proceedings of the Cambridge Philosophical Society* 44,
/// 50–57.
public struct ScoreTest: Hashable, Sendable {
  /// The statistic χ², zero or more.
  public let statistic: Double
  /// The number of coefficients that the reduced model leaves out.
  public let degreesOfFreedom: Int

  /// Tests whether columns may be left out.
  ///
  /// - Parameters:
  ///   - reduced: The fit of the columns of `x` that stay, in their order.
  ///   - leavingOut: The columns of `x` that the reduced model lacks.
  ///   - x: The larger design.
  ///   - likelihood: The outcomes that were fitted.
  /// - Throws: `notConverged`, or `singularInformation` if the larger design is collinear.
  /// - Complexity: O(*n p*²).
  public init(
    _ reduced: LogisticFit, leavingOut: Set<Int>, of x: some DesignMatrix,
    _ likelihood: LogisticLikelihood
  ) throws(FitError) {
    guard reduced.status == .converged else { throw .notConverged(reduced.status) }
    precondition(
      reduced.coefficients.count + leavingOut.count == x.columnCount && !leavingOut.isEmpty,
      "each column of the larger design is fitted or left out")
    var kept = reduced.coefficients.makeIterator()
    let point = (0..<x.columnCount).map { leavingOut.contains($0) ? 0 : kept.next() ?? 0 }
    let derivatives = likelihood.derivatives(of: x, at: point)
    guard let factor = Cholesky(derivatives.information) else {
      throw .singularInformation(iteration: 0)
    }
    statistic = factor.solveLower(derivatives.score).reduce(0) { $0 + $1 * $1 }
    degreesOfFreedom = leavingOut.count
  }

  /// The probability, under the reduced model, of a statistic at least as large.
  public var pValue: Double {
    ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic)
  }
}
