public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension LogisticFit {
  /// The fitted probability `μ = 1 / (1 + exp(−xᵢᵀβ̂ − offsetᵢ))` of each row of a design.
  ///
  /// - Complexity: O(*n p*).
  public func probabilities(of x: some DesignMatrix, offset: [Double]? = nil) -> [Double] {
    logistic(of: x, at: coefficients, offset: offset).map(\.mean)
  }
}

/// The mean `μ` of an outcome, its variance `μ (1 − μ)` and its skew `1 − 2μ`.
struct LogisticMean {
  let mean, variance, skew: Double

  /// Nothing overflows, and the variance keeps its digits in both tails.
  init(_ eta: Double) {
    let e = exp(-abs(eta))
    let q = 1 / (1 + e)
    mean = eta > 0 ? q : e * q
    variance = e * q * q
    skew = eta > 0 ? (e - 1) * q : (1 - e) * q
  }
}

/// The means of the rows of a design.
func logistic(
  of x: some DesignMatrix, at coefficients: [Double], offset: [Double]?
) -> [LogisticMean] {
  let predictor = x.multiplied(by: coefficients)
  guard let offset else { return predictor.map(LogisticMean.init) }
  precondition(offset.count == predictor.count, "an offset has an element for each row")
  return zip(predictor, offset).map { LogisticMean($0 + $1) }
}
