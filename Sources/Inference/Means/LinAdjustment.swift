internal import LinearAlgebra

/// Regression adjustment with the covariates interacted with the arm, after Lin.
///
/// Each arm has its own regression of the outcome on the covariates, and the two are compared at the
/// mean `x̄` of both arms together:
///
///     D = (m₁ + β₁ᵀ(x̄ − x̄₁)) − (m₀ + β₀ᵀ(x̄ − x̄₀))
///
/// This is the coefficient of the arm in a regression on the arm, the centred covariates and their
/// products. In large samples it is never less precise than the plain difference, also when the
/// regression is wrong. The coefficients need only the arms' cross-moments; the robust variance needs
/// each session's residual, and so a second pass, which ``LinVariance`` makes.
///
/// Reference: Lin (2013), *The Annals of Applied Statistics* 7, 295–318, theorem 1.
public struct LinAdjustment: Hashable, Sendable {
  /// The adjusted difference `D`.
  public let difference: Double
  /// The slopes `β₁` in the offer's arm.
  public var offerSlopes: [Double] { offer.slopes }
  /// The slopes `β₀` in the control's arm.
  public var controlSlopes: [Double] { control.slopes }

  let offer: ArmRegression
  let control: ArmRegression

  /// Fits both arms.
  ///
  /// - Parameters:
  ///   - offer: The moments of the outcome (first) and the covariates (after it), in the offer's arm.
  ///   - control: The same in the control's arm.
  /// - Throws: `tooFewSessions` if an arm has no more sessions than coefficients, `collinear` if an
  ///   arm's covariates do not determine its slopes.
  public init(offer: CrossMoments, control: CrossMoments) throws(InferenceError) {
    let needed = max(offer.dimension, control.dimension, 1) + 1
    for (moments, arm) in [(control, 0), (offer, 1)] where moments.count < needed {
      throw .tooFewSessions(arm: arm, count: moments.count, needed: needed)
    }
    precondition(offer.dimension == control.dimension, "both arms have the same covariates")
    let together = CrossMoments(merging: [control, offer])
    self.offer = try ArmRegression(offer, center: Array(together.means.dropFirst()))
    self.control = try ArmRegression(control, center: Array(together.means.dropFirst()))
    difference = self.offer.level - self.control.level
  }

  /// The effect with a variance from the cross-moments alone: each arm's residual variance over its
  /// sessions, `Σ eᵢ² / ((n − p) n)` with `p` coefficients an arm, as in Lin's theorem 1.
  ///
  /// It needs no second pass. Against ``LinVariance`` it leaves out that a session far from the mean
  /// of the covariates weighs more.
  ///
  /// - Throws: `noVariation`, `overflow`.
  public func effect() throws(InferenceError) -> ArmContrast {
    let v1 = offer.residualVariance / Double(offer.count)
    let v0 = control.residualVariance / Double(control.count)
    let freedom = Double(offer.count + control.count - 2 * (offer.slopes.count + 1))
    return try ArmContrast(
      difference: difference, baseline: control.mean, differenceVariance: v1 + v0,
      baselineVariance: control.outcomeVariance / Double(control.count),
      // The part of the control's mean that the covariates explain is in both arms' fits alike.
      covariance: -v0, degreesOfFreedom: freedom,
      estimator: .init("Lin's adjustment", reference: "Lin 2013"))
  }
}

/// The regression of one arm, told by its level at a common point.
struct ArmRegression: Hashable, Sendable {
  let count: Int
  /// The mean outcome.
  let mean: Double
  /// The variance of the outcome.
  let outcomeVariance: Double
  let slopes: [Double]
  /// The fitted outcome at the common point.
  let level: Double
  /// `Σ eᵢ² / (n − p)`.
  let residualVariance: Double
  private let covariateMeans: [Double]
  /// The inverse of the covariates' cross-products.
  private let inverse: Matrix
  /// `S_xx⁻¹ (x̄ − x̄ₐ)`, by which a session's covariates change its weight in the level.
  private let lean: [Double]

  init(_ moments: CrossMoments, center: [Double]) throws(InferenceError) {
    let covariates = moments.dimension - 1
    count = moments.count
    mean = moments.means[0]
    outcomeVariance = moments.covariance(0, 0)
    covariateMeans = Array(moments.means.dropFirst())
    guard covariates > 0 else {
      (slopes, lean, inverse) = ([], [], Matrix(rows: 0, columns: 0))
      level = mean
      residualVariance = outcomeVariance
      return
    }
    guard let factor = moments.covariateFactor else { throw .collinear }
    let cross = (1...covariates).map { moments.product($0, 0) }
    let offset = center.indices.map { center[$0] - moments.means[$0 + 1] }
    slopes = factor.solve(cross)
    lean = factor.solve(offset)
    inverse = factor.inverse()
    level = mean + slopes.dot(offset)
    let residual = max(0, moments.product(0, 0) - slopes.dot(cross))
    residualVariance = residual / Double(count - covariates - 1)
  }

  /// The residual of a session, its weight in the level, and its leverage.
  func influence(
    outcome: Double, covariates: [Double]
  ) -> (residual: Double, weight: Double, leverage: Double) {
    let deviation = covariates.indices.map { covariates[$0] - covariateMeans[$0] }
    let share = 1 / Double(count)
    return (
      outcome - mean - slopes.dot(deviation), share + lean.dot(deviation),
      share + inverse.quadraticForm(deviation)
    )
  }
}
