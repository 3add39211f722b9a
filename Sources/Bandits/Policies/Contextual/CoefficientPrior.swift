/// What is known of the coefficients of every arm at the start: independent normal laws.
///
///     βⱼ ~ N(mⱼ, vⱼ)
///
/// With one variance this is the ridge penalty `Σ (βⱼ − mⱼ)²/2v`.
public struct CoefficientPrior: Hashable, Sendable {
  /// The means `mⱼ`.
  public let means: [Double]
  /// The variances `vⱼ`.
  public let variances: [Double]

  /// The range of variances whose reciprocals and products are numbers.
  private static let range = 1e-50...1e50

  /// Creates a prior, one mean and one variance a coefficient.
  public init(means: [Double], variances: [Double]) {
    precondition(
      !means.isEmpty && means.count == variances.count, "a coefficient has a mean and a variance")
    precondition(means.allSatisfy { abs($0) <= 1e50 }, "a mean is finite")
    precondition(variances.allSatisfy(Self.range.contains), "a variance is positive and finite")
    self.means = means
    self.variances = variances
  }

  /// Creates a prior that is the same for all coefficients.
  public init(featureCount: Int, mean: Double = 0, variance: Double) {
    self.init(
      means: Array(repeating: mean, count: featureCount),
      variances: Array(repeating: variance, count: featureCount))
  }

  /// The number of coefficients.
  public var featureCount: Int { means.count }
  /// The reciprocals of the variances.
  var precisions: [Double] { variances.map { 1 / $0 } }
}
