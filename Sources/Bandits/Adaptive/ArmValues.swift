/// The estimated values of several arms, and how their errors vary together.
public struct ArmValues: Hashable, Sendable {
  /// The estimates, in the order of the arms.
  public let estimates: [Double]
  /// The covariance of the estimates, row after row.
  public let covariance: [Double]

  /// Creates values from their estimates and covariance, `K` numbers and `K²`.
  public init(estimates: [Double], covariance: [Double]) {
    precondition(
      covariance.count == estimates.count * estimates.count,
      "a covariance has a row and a column for each arm")
    self.estimates = estimates
    self.covariance = covariance
  }

  /// Creates values the errors of which are independent.
  public init(estimates: [Double], standardErrors: [Double]) {
    precondition(estimates.count == standardErrors.count, "every estimate has a standard error")
    let count = estimates.count
    var covariance = Array(repeating: 0.0, count: count * count)
    for arm in 0..<count {
      covariance[arm * count + arm] = standardErrors[arm] * standardErrors[arm]
    }
    self.init(estimates: estimates, covariance: covariance)
  }

  /// The covariance of two estimates by their places.
  public func covariance(_ first: Int, _ second: Int) -> Double {
    covariance[first * estimates.count + second]
  }
}
