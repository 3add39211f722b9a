internal import LinearAlgebra
public import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Empirical Bayes for the effects of cells that share rows, columns and other factors.
///
///     yᵢ ~ N(θᵢ, sᵢ²)        θᵢ = μ + Σ_f a_f(levelᵢ) + dᵢ        a_f ~ N(0, τ_f²)   dᵢ ~ N(0, τ²)
///
/// A small cell is drawn towards what its segment and its reason say, those towards the mean, each
/// by as much as the data say that they differ. Variances are those of greatest restricted
/// likelihood, by Fisher scoring; the posterior variance counts the error of `μ̂` and leaves out
/// that of the variances.
///
/// References: Harville (1977), *JASA* 72, 320–338, for the likelihood and its derivatives;
/// Robinson (1991), *Statistical Science* 6, 15–32, for the predictions.
public struct CrossedShrinkage: Hashable, Sendable {
  /// The common mean `μ̂`.
  public let mean: Double
  /// Its standard error.
  public let standardError: Double
  /// The standard deviations `τ_f` of the factors, in their order.
  public let factorDeviations: [Double]
  /// The standard deviation `τ` of what is each cell's own.
  public let cellDeviation: Double
  /// The posterior of each cell's effect.
  public let effects: [NormalDistribution]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - estimates: The estimates `yᵢ`, finite.
  ///   - standardErrors: Their standard errors `sᵢ`, positive and finite.
  ///   - factors: The level of each cell, factor by factor, numbered from zero; may be empty.
  /// - Throws: `tooFewSessions` for fewer than three cells.
  /// - Complexity: O(*k*³) for each of some twenty steps.
  public init(
    estimates: [Double], standardErrors: [Double], factors: [[Int]]
  ) throws(SegmentError) {
    let count = estimates.count
    precondition(standardErrors.count == count, "each estimate has a standard error")
    precondition(factors.allSatisfy { $0.count == count }, "each cell has a level of each factor")
    precondition(estimates.allSatisfy(\.isFinite), "an estimate is finite")
    precondition(
      standardErrors.allSatisfy { $0 > 0 && $0.isFinite }, "a standard error is positive")
    guard count > 2 else { throw .tooFewSessions(count: count, needed: 3) }
    let groups = factors + [Array(0..<count)]
    let (components, fit) = Self.variances(estimates, standardErrors, groups)
    mean = fit.mean
    standardError = (1 / fit.weight).squareRoot()
    factorDeviations = components.dropLast().map { $0.squareRoot() }
    cellDeviation = components[components.count - 1].squareRoot()
    let prior = Self.prior(components, groups)
    let gain = prior.multiplied(by: fit.inverse)
    let predicted = prior.multiplied(by: fit.weightedResiduals)
    let ones = Array(repeating: 1.0, count: count)
    let shares = gain.multiplied(by: ones)
    let explained = gain.multiplied(by: prior)
    effects = (0..<count).map { cell in
      let rest = 1 - shares[cell]
      let variance = prior[cell, cell] - explained[cell, cell] + rest * rest / fit.weight
      return NormalDistribution(
        mean: fit.mean + predicted[cell],
        standardDeviation: max(variance, .leastNormalMagnitude).squareRoot())
    }
  }

  /// The covariance of the effects.
  private static func prior(_ components: [Double], _ groups: [[Int]]) -> Matrix {
    let count = groups[0].count
    var prior = Matrix(rows: count, columns: count)
    for (variance, levels) in zip(components, groups) where variance > 0 {
      for column in 0..<count {
        for row in 0..<count where levels[row] == levels[column] { prior[row, column] += variance }
      }
    }
    return prior
  }

  /// What the likelihood is made of at some variances.
  private struct Fit {
    let inverse: Matrix
    let weight: Double
    let mean: Double
    /// `V⁻¹(y − μ̂)`.
    let weightedResiduals: [Double]
    let logLikelihood: Double

    init?(_ y: [Double], _ errors: [Double], _ components: [Double], _ groups: [[Int]]) {
      var covariance = prior(components, groups)
      for cell in y.indices { covariance[cell, cell] += errors[cell] * errors[cell] }
      guard let factor = Cholesky(covariance) else { return nil }
      let inverse = factor.inverse()
      let rowSums = inverse.multiplied(by: y.map { _ in 1 })
      let weight = rowSums.reduce(0, +)
      let mean = y.indices.reduce(0) { $0 + rowSums[$1] * y[$1] } / weight
      let residuals = y.map { $0 - mean }
      let weighted = inverse.multiplied(by: residuals)
      let squares = y.indices.reduce(0) { $0 + residuals[$1] * weighted[$1] }
      (self.inverse, self.weight, self.mean, weightedResiduals) = (inverse, weight, mean, weighted)
      logLikelihood = -0.5 * (factor.logDeterminant + log(weight) + squares)
    }
  }

  /// The variances of greatest restricted likelihood, none below zero.
  private static func variances(
    _ y: [Double], _ errors: [Double], _ groups: [[Int]]
  ) -> (components: [Double], fit: Fit) {
    let centre = y.reduce(0, +) / Double(y.count)
    let spread = y.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(y.count - 1)
    var components = groups.map { _ in spread / Double(groups.count) }
    guard var fit = Fit(y, errors, components, groups) else {
      preconditionFailure("a covariance with positive errors has a factor")
    }
    for _ in 0..<200 {
      // 1. The score and the information of the variances, through P = V⁻¹ − V⁻¹11ᵀV⁻¹/w.
      let (score, information) = derivatives(fit, groups)
      let isFree = components.indices.map { components[$0] > 0 || score[$0] > 0 }
      let free = components.indices.filter { isFree[$0] }
      guard !free.isEmpty else { break }
      var reduced = Matrix(rows: free.count, columns: free.count)
      for (row, one) in free.enumerated() {
        for (column, other) in free.enumerated() { reduced[row, column] = information[one, other] }
        reduced[row, row] *= 1 + 1e-9
      }
      guard let step = Cholesky(reduced)?.solve(free.map { score[$0] }) else { break }
      // 2. A step that stays above zero and does not lower the likelihood.
      var (length, moved) = (1.0, false)
      while length > 1e-8 {
        var next = components
        for (place, component) in free.enumerated() {
          next[component] = max(0, components[component] + length * step[place])
        }
        if let trial = Fit(y, errors, next, groups), trial.logLikelihood > fit.logLikelihood {
          let change = components.indices.map { abs(next[$0] - components[$0]) }.max() ?? 0
          (components, fit) = (next, trial)
          moved = change > 1e-12 * spread
          break
        }
        length /= 2
      }
      guard moved else { break }
    }
    return (components, fit)
  }

  private static func derivatives(_ fit: Fit, _ groups: [[Int]]) -> ([Double], Matrix) {
    let count = groups[0].count
    let rowSums = fit.inverse.multiplied(by: Array(repeating: 1, count: count))
    let levels = groups.map { ($0.max() ?? 0) + 1 }
    var score = Array(repeating: 0.0, count: groups.count)
    var information = Matrix(rows: groups.count, columns: groups.count)
    for (one, first) in groups.enumerated() {
      for (other, second) in groups.enumerated().prefix(one + 1) {
        // Z₁ᵀPZ₂, whose squares sum to the trace of P Z₁Z₁ᵀ P Z₂Z₂ᵀ.
        var folded = Matrix(rows: levels[one], columns: levels[other])
        for column in 0..<count {
          for row in 0..<count {
            folded[first[row], second[column]] +=
              fit.inverse[row, column] - rowSums[row] * rowSums[column] / fit.weight
          }
        }
        information[one, other] = folded.elements.reduce(0) { $0 + $1 * $1 } / 2
        information[other, one] = information[one, other]
        guard one == other else { continue }
        var sums = Array(repeating: 0.0, count: levels[one])
        for cell in 0..<count { sums[first[cell]] += fit.weightedResiduals[cell] }
        let trace = (0..<levels[one]).reduce(0.0) { $0 + folded[$1, $1] }
        score[one] = (sums.reduce(0) { $0 + $1 * $1 } - trace) / 2
      }
    }
    return (score, information)
  }
}
