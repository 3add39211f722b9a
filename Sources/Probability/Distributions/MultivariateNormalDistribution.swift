#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The normal distribution of several variables, `X = μ + LZ` for independent standard normal `Z`.
///
/// The covariance `Σ = LLᵀ` is given by its lower Cholesky factor, which the caller has from where the
/// matrices are; a draw is the same on every machine.
public struct MultivariateNormalDistribution: Hashable, Sendable {
  /// The means `μ`.
  public let mean: [Double]
  /// The rows of the lower triangle of `L`, one after another: `L₁₁, L₂₁, L₂₂, L₃₁, …`.
  public let factor: [Double]

  /// Creates a normal distribution from its means and the lower factor of its covariance.
  ///
  /// - Parameters:
  ///   - mean: The means, at least one.
  ///   - factor: The rows of the lower triangle, `d (d + 1)/2` numbers with a positive diagonal.
  public init(mean: [Double], factor: [Double]) {
    let count = mean.count
    precondition(count > 0, "there is at least one variable")
    precondition(factor.count == count * (count + 1) / 2, "a factor is a lower triangle")
    precondition(
      (0..<count).allSatisfy { factor[$0 * ($0 + 3) / 2] > 0 }, "the diagonal is positive")
    self.mean = mean
    self.factor = factor
  }

  /// The covariance of two variables.
  public func covariance(_ i: Int, _ j: Int) -> Double {
    (0...min(i, j)).reduce(0) { $0 + element(i, $1) * element(j, $1) }
  }

  /// The logarithm of the density; O(*d*²).
  ///
  ///     −½ |L⁻¹(x − μ)|² − Σ ln Lᵢᵢ − ½ d ln 2π
  public func logDensity(_ x: [Double]) -> Double {
    precondition(x.count == mean.count, "every variable has a value")
    var solution: [Double] = []
    var sum = 0.0
    for i in mean.indices {
      var rest = x[i] - mean[i]
      for j in 0..<i { rest -= element(i, j) * solution[j] }
      let z = rest / element(i, i)
      solution.append(z)
      sum += StandardNormal.logDensity(z) - log(element(i, i))
    }
    return sum
  }

  private func element(_ i: Int, _ j: Int) -> Double { factor[i * (i + 1) / 2 + j] }
}
