internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A ridge regression that predicts: logistic where outcomes are 0 or 1, else linear.
///
///     minimise  −ℓ(b) + ½ λ bᵀb       or       ½ Σᵢ wᵢ (yᵢ − ȳ − xᵢᵀb)² + ½ λ bᵀb
///
/// The mean outcome is an offset, so that the ridge draws towards it and not towards one half or
/// zero; it keeps empty levels and separated outcomes finite.
///
/// Reference: Hoerl and Kennard (1970), *Technometrics* 12, 55–67.
struct OutcomeRegression {
  private let coefficients: [Double]
  private let offset: Double
  private let isLogistic: Bool

  /// The ridge `λ`, on columns in standard units.
  private static let ridge = 1.0

  /// Fits outcomes; logistic if every one is 0 or 1.
  ///
  /// - Complexity: O(*np*²) a Newton step.
  init(_ x: HorizontalMatrix, _ outcomes: [Double]) throws(SegmentError) {
    guard outcomes.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      try self.init(linear: x, outcomes, weights: outcomes.map { _ in 1 })
      return
    }
    let saved = outcomes.reduce(0, +)
    let offset = log((saved + 0.5) / (Double(outcomes.count) - saved + 0.5))
    var solver = NewtonSolver()
    (solver.ridge, solver.scoreTolerance) = (Self.ridge, 1e-8)
    do {
      let likelihood = try LogisticLikelihood(
        outcomes, offset: Array(repeating: offset, count: outcomes.count))
      let fit = try solver.fit(x, likelihood)
      self.init(coefficients: fit.coefficients, offset: offset, isLogistic: true)
    } catch {
      throw .regression(error)
    }
  }

  /// Fits outcomes by weighted least squares.
  init(linear x: HorizontalMatrix, _ outcomes: [Double], weights: [Double]) throws(SegmentError) {
    let total = weights.reduce(0, +)
    let mean =
      total > 0 ? outcomes.indices.reduce(0) { $0 + weights[$1] * outcomes[$1] } / total : 0
    var gram = x.weightedGram(weights)
    for column in 0..<x.columnCount { gram[column, column] += Self.ridge }
    guard let factor = Cholesky(gram) else {
      throw .regression(.singularInformation(iteration: 0))
    }
    let residuals = outcomes.indices.map { weights[$0] * (outcomes[$0] - mean) }
    self.init(
      coefficients: factor.solve(x.transposeMultiplied(by: residuals)), offset: mean,
      isLogistic: false)
  }

  private init(coefficients: [Double], offset: Double, isLogistic: Bool) {
    (self.coefficients, self.offset, self.isLogistic) = (coefficients, offset, isLogistic)
  }

  /// The expected outcome of each row of a design with the same columns.
  func predictions(_ x: HorizontalMatrix) -> [Double] {
    x.multiplied(by: coefficients).map { eta in
      isLogistic ? 1 / (1 + exp(-(eta + offset))) : eta + offset
    }
  }
}
