internal import LinearAlgebra

/// A difference of means from which what was known before the experiment has been taken out.
///
///     θ = S_xx⁻¹ S_xy  (both arms together)      Yᵢ' = yᵢ − θᵀxᵢ      D = m₁(Y') − m₀(Y')
///
/// Covariates `x` must date from before the offer was shown: then they have the same law in both
/// arms, the difference estimates what it did before, and its variance falls by the share that they
/// explain. The relative lift is `D` over the control's own mean `m₀(y)`, and its variance counts
/// their covariance.
///
/// Reference: Deng, Xu, Kohavi and Walker (2013), *WSDM '13*, 123–132, equations 4 to 6.
public enum CUPED {
  /// An adjusted difference with the coefficients that adjusted it.
  public struct Fit: Hashable, Sendable {
    /// The coefficient `θ` of each covariate.
    public let coefficients: [Double]
    /// The adjusted difference, beside the control's unadjusted level.
    public let effect: ArmContrast
  }

  /// Adjusts a difference of means.
  ///
  /// - Parameters:
  ///   - offer: The moments of the outcome (first) and the covariates (after it), in the offer's arm.
  ///   - control: The same in the control's arm.
  /// - Returns: The adjusted difference and the coefficients.
  /// - Throws: `tooFewSessions` if an arm has fewer than two, `collinear` if the covariates do not
  ///   determine their coefficients, `noVariation`, `overflow`.
  public static func mean(
    offer: CrossMoments, control: CrossMoments
  ) throws(InferenceError) -> Fit {
    try require(offer, control)
    let theta = try pooledCoefficients(CrossMoments(merging: [control, offer]))
    let adjustment = [1] + theta.map { -$0 }
    let outcome = [1] + theta.map { _ in 0.0 }
    return Fit(
      coefficients: theta,
      effect: try effect(
        offer: offer, control: control, adjustment: (adjustment, adjustment), outcome: outcome,
        levels: (offer.means.dot(adjustment), control.means.dot(adjustment), control.means[0])))
  }

  /// Adjusts a difference of ratio metrics by the same ratio before the experiment.
  ///
  /// Both ratios are made linear by their gradients; `θ` is the covariance of the later ratio with
  /// the earlier one over the variance of the earlier, each summed over the arms.
  ///
  /// - Parameters:
  ///   - offer: The moments of numerator, denominator, earlier numerator, earlier denominator.
  ///   - control: The same in the control's arm.
  /// - Returns: The adjusted difference and its one coefficient.
  /// - Throws: What ``mean(offer:control:)`` throws, and `invalidValue` if denominators sum to zero.
  public static func ratio(
    offer: CrossMoments, control: CrossMoments
  ) throws(InferenceError) -> Fit {
    try require(offer, control)
    precondition(offer.dimension == 4, "a ratio and its earlier self are four numbers")
    let (later1, earlier1) = try gradients(offer, arm: 1)
    let (later0, earlier0) = try gradients(control, arm: 0)
    let variance = offer.variance(along: earlier1) + control.variance(along: earlier0)
    guard variance > 0 else { throw .collinear }
    let theta =
      (offer.covariance(along: later1, earlier1) + control.covariance(along: later0, earlier0))
      / variance
    func level(_ moments: CrossMoments) -> Double {
      moments.means[0] / moments.means[1] - theta * (moments.means[2] / moments.means[3])
    }
    let adjustment1 = later1.indices.map { later1[$0] - theta * earlier1[$0] }
    let adjustment0 = later0.indices.map { later0[$0] - theta * earlier0[$0] }
    return Fit(
      coefficients: [theta],
      effect: try effect(
        offer: offer, control: control, adjustment: (adjustment1, adjustment0), outcome: later0,
        levels: (level(offer), level(control), control.means[0] / control.means[1])))
  }

  /// The difference of two adjusted levels from the linear combinations that they are.
  private static func effect(
    offer: CrossMoments, control: CrossMoments, adjustment: (offer: [Double], control: [Double]),
    outcome: [Double], levels: (offer: Double, control: Double, baseline: Double)
  ) throws(InferenceError) -> ArmContrast {
    let (n1, n0) = (Double(offer.count), Double(control.count))
    let v1 = offer.variance(along: adjustment.offer) / n1
    let v0 = control.variance(along: adjustment.control) / n0
    let total = v1 + v0
    guard total > 0 else { throw .noVariation }
    let (share1, share0) = (v1 / total, v0 / total)
    return try ArmContrast(
      difference: levels.offer - levels.control, baseline: levels.baseline,
      differenceVariance: total,
      baselineVariance: control.variance(along: outcome) / n0,
      covariance: -control.covariance(along: adjustment.control, outcome) / n0,
      degreesOfFreedom: 1 / (share1 * share1 / (n1 - 1) + share0 * share0 / (n0 - 1)),
      estimator: .init("CUPED", reference: "Deng, Xu, Kohavi and Walker 2013"))
  }

  /// The regression of the first number on the others.
  private static func pooledCoefficients(
    _ pooled: CrossMoments
  ) throws(InferenceError) -> [Double] {
    let covariates = pooled.dimension - 1
    guard covariates > 0 else { return [] }
    guard let factor = pooled.covariateFactor else { throw .collinear }
    return factor.solve((1...covariates).map { pooled.product($0, 0) })
  }

  private static func gradients(
    _ moments: CrossMoments, arm: Int
  ) throws(InferenceError) -> (later: [Double], earlier: [Double]) {
    (
      try RatioMetric.gradient(moments, numerator: 0, denominator: 1, arm: arm),
      try RatioMetric.gradient(moments, numerator: 2, denominator: 3, arm: arm)
    )
  }

  private static func require(
    _ offer: CrossMoments, _ control: CrossMoments
  ) throws(InferenceError) {
    for (moments, arm) in [(control, 0), (offer, 1)] {
      guard moments.count >= 2 else {
        throw .tooFewSessions(arm: arm, count: moments.count, needed: 2)
      }
      guard moments.means.allSatisfy(\.isFinite) else { throw .overflow(arm: arm) }
    }
    precondition(offer.dimension == control.dimension, "both arms have the same covariates")
  }
}

extension CrossMoments {
  /// The covariance of two linear combinations.
  fileprivate func covariance(along a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for row in a.indices {
      for column in b.indices { sum += a[row] * b[column] * covariance(row, column) }
    }
    return sum
  }

  /// The factor of the cross-products of all numbers but the first; nil if they are collinear.
  var covariateFactor: Cholesky? {
    let covariates = dimension - 1
    var matrix = Matrix(rows: covariates, columns: covariates)
    for row in 0..<covariates {
      for column in 0...row { matrix[row, column] = product(row + 1, column + 1) }
    }
    return Cholesky(matrix)
  }
}

extension [Double] {
  /// The inner product `aᵀb`.
  func dot(_ other: [Double]) -> Double {
    indices.reduce(0) { $0 + self[$1] * other[$1] }
  }
}
