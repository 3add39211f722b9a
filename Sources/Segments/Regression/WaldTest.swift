public import Inference
public import LinearAlgebra
internal import Probability

/// A test of one estimate that is normal to first order, by its standard error.
///
///     z = (θ̂ − θ₀) / se        interval θ̂ ± z_{α/2} se
///
/// The interval holds exactly the values that the two-sided test does not reject.
///
/// Reference: Wald (1943), *Transactions of the American Mathematical Society* 54, 426–482.
public struct WaldTest: Hashable, Sendable {
  /// The estimate `θ̂`.
  public let estimate: Double
  /// Its standard error; positive and finite.
  public let standardError: Double
  /// The value `θ₀` under the null hypothesis.
  public let null: Double

  /// Creates a test; fails unless the estimate is finite and its standard error positive.
  public init?(estimate: Double, standardError: Double, null: Double = 0) {
    guard estimate.isFinite, standardError > 0, standardError.isFinite else { return nil }
    (self.estimate, self.standardError, self.null) = (estimate, standardError, null)
  }

  /// The statistic, standard normal under the null.
  public var z: Double { (estimate - null) / standardError }

  /// The probability, under the null, of a statistic at least as extreme.
  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .twoSided: min(1, 2 * StandardNormal.survival(abs(z)))
    case .greater: StandardNormal.survival(z)
    case .less: StandardNormal.survival(-z)
    }
  }

  /// The two-sided confidence interval of a level between zero and one.
  public func interval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * standardError
    return Interval(lower: estimate - margin, upper: estimate + margin)
  }
}

extension LogisticFit {
  /// The Wald test of one coefficient under a covariance of the coefficients.
  ///
  /// Nil if the variance is not positive, as when the outcomes of a robust covariance are all
  /// fitted exactly.
  public func wald(coefficient: Int, covariance: Matrix) -> WaldTest? {
    WaldTest(
      estimate: coefficients[coefficient],
      standardError: covariance[coefficient, coefficient].squareRoot())
  }

  /// The Wald test of a contrast `cᵀβ`, with variance `cᵀVc`.
  ///
  /// Nil if the variance is not positive.
  public func wald(contrast: [Double], covariance: Matrix) -> WaldTest? {
    precondition(contrast.count == coefficients.count, "a contrast weighs each coefficient")
    return WaldTest(
      estimate: contrast.indices.reduce(0) { $0 + contrast[$1] * coefficients[$1] },
      standardError: covariance.quadraticForm(contrast).squareRoot())
  }
}
