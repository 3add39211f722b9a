public import Inference
public import LinearAlgebra

/// A fitted linear, Poisson or gamma regression.
public struct GeneralizedLinearFit: Hashable, Sendable {
  /// The family of the outcomes.
  public let family: OutcomeFamily
  /// The coefficients `β̂`, one a column of the design, on the scale of the link.
  public let coefficients: [Double]
  /// The deviance `2 Σ wᵢ (ℓ(yᵢ; yᵢ) − ℓ(μᵢ; yᵢ))` at `φ = 1`.
  public let deviance: Double
  /// The dispersion `φ̂ = Σ wᵢ (yᵢ − μᵢ)² / V(μᵢ) / (Σ wᵢ − p)`, or one for counts.
  public let dispersion: Double
  /// The information `XᵀWX` at `φ = 1`.
  public let information: Matrix
  /// The number of steps over the whole data.
  public let iterations: Int
  /// How the solver came to its end.
  public let status: LogisticFit.Status

  /// The model covariance `φ̂ (XᵀWX)⁻¹`.
  ///
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  /// - Complexity: O(*p*³).
  public func modelCovariance() throws(FitError) -> Matrix {
    try inverse().scaled(by: dispersion)
  }

  /// The Wald test of one coefficient; nil if the variance is not positive.
  public func wald(coefficient: Int, covariance: Matrix) -> WaldTest? {
    WaldTest(
      estimate: coefficients[coefficient],
      standardError: covariance[coefficient, coefficient].squareRoot())
  }

  /// The fitted mean of each row of a design.
  public func means(of x: some DesignMatrix, offset: [Double]? = nil) -> [Double] {
    predictor(of: x, offset: offset).map(family.mean)
  }

  /// The covariance that holds if only the mean is right, as ``LogisticFit`` has it.
  ///
  /// - Throws: `notConverged`, `tooFewRows`.
  /// - Complexity: O(*n p*²).
  public func robustCovariance(
    _ correction: SandwichCorrection = .hc1, of x: some DesignMatrix, _ outcomes: FamilyOutcomes
  ) throws(FitError) -> Matrix {
    let bread = try inverse()
    let terms = terms(of: x, outcomes)
    let squares = try correction.squares(
      scores: terms.map(\.score), information: terms.map(\.information),
      counts: outcomes.weights, sessions: outcomes.sessionCount, of: x, information)
    var product = bread.multiplied(by: x.weightedGram(squares)).multiplied(by: bread)
    product.mirrorLowerTriangle()
    return product
  }

  /// The covariance that holds if sessions of one customer depend on each other (CR0, or with Stata's
  /// factor CR1), as ``LogisticFit`` has it.
  ///
  /// - Throws: `notConverged`, `tooFewRows`, or `tooFewClusters` if all rows are of one customer.
  public func clusterCovariance(
    _ correction: ClusterCorrection = .cr1, by clusters: [UInt64], of x: some DesignMatrix,
    _ outcomes: FamilyOutcomes
  ) throws(FitError) -> Matrix {
    guard status == .converged else { throw .notConverged(status) }
    let terms = terms(of: x, outcomes)
    let eta = predictor(of: x, offset: outcomes.offset)
    return try ClusterScores(
      residuals: terms.indices.map { (outcomes.weights?[$0] ?? 1) * terms[$0].score },
      weights: outcomes.weights ?? Array(repeating: 1, count: x.rowCount),
      variances: eta.map { family.variance(family.mean($0)) },
      slopes: eta.map { family == .normal ? 1 : family.mean($0) }, information: information
    ).covariance(correction, by: clusters, of: x)
  }

  private func inverse() throws(FitError) -> Matrix {
    try status.covariance(information, iterations: iterations)
  }

  private func predictor(of x: some DesignMatrix, offset: [Double]?) -> [Double] {
    let eta = x.multiplied(by: coefficients)
    return offset.map { offset in eta.indices.map { eta[$0] + offset[$0] } } ?? eta
  }

  private func terms(
    of x: some DesignMatrix, _ outcomes: FamilyOutcomes
  ) -> [(value: Double, score: Double, information: Double)] {
    let eta = predictor(of: x, offset: outcomes.offset)
    return eta.indices.map { family.terms(outcomes.values[$0], eta[$0]) }
  }
}
