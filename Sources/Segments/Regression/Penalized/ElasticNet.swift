public import LinearAlgebra

/// Regression with a penalty on the sizes and the squares of the coefficients, for a path of penalties.
///
///     min over β₀, β of   L(β₀, β) + λ Σⱼ fⱼ (α |βⱼ| + ½ (1 − α) βⱼ²)
///
/// `L` is the mean loss of a ``PenalizedResponse``: half the deviance per session of a logistic regression,
/// half the mean square of a linear one. The intercept is not penalised. With `standardizes` each `βⱼ` in
/// the penalty is that of a column of variance 1; the coefficients returned are those of the columns as they
/// are. Factors `f` are scaled to have mean 1, as in glmnet, and a factor of 0 frees a column.
///
/// Each penalty starts from the one before. Where columns are many, only those are worked on that the
/// sequential strong rule keeps, `|gⱼ(λₖ₋₁)| ≥ αfⱼ(2λₖ − λₖ₋₁)`; all others are checked in the end,
/// and whatever was wrongly left out is taken in.
///
/// References: Friedman, Hastie and Tibshirani (2010), *Journal of Statistical Software* 33(1); Tibshirani
/// et al. (2012), *Journal of the Royal Statistical Society B* 74, 245–266 (strong rules).
public struct ElasticNet: Hashable, Sendable {
  /// The part `α` of the penalty that is on sizes: 1 is the lasso, 0 is ridge.
  public var alpha = 1.0
  /// Whether coefficients are penalised per standard deviation of their columns.
  public var standardizes = true
  /// Whether an intercept is fitted.
  public var hasIntercept = true
  /// The relative penalty of each column, zero or more; nil for equal ones.
  public var penaltyFactors: [Double]?
  /// The penalties; nil for a sequence that descends evenly on the log scale.
  public var lambdas: [Double]?
  /// The number of penalties of the sequence.
  public var lambdaCount = 100
  /// The least penalty of the sequence as a share of the greatest; nil for 10⁻⁴, or 10⁻² where there are
  /// more columns than rows.
  public var lambdaRatio: Double?
  /// Whether a sequence ends early, as glmnet ends it: from the fifth penalty on where the deviance ratio
  /// has passed 0.999 or risen by less than 10⁻⁵ (for least squares: 10⁻⁵ of itself). Penalties that are
  /// given are all solved.
  public var stopsEarly = true
  /// The number of coefficients other than zero above which a sequence ends, with the first fit that has
  /// more; nil for no limit.
  public var supportLimit: Int?
  /// The slope that counts as zero, per standard deviation of a column and of the outcome.
  public var tolerance = 1e-7
  /// The rounds of a batch of penalties after which to stop.
  public var roundLimit = 200
  /// Whether columns are left out by the strong rule; nil decides by their number.
  package var screens: Bool?

  /// Creates a lasso with the default settings.
  public init(alpha: Double = 1) { self.alpha = alpha }

  /// Fits a logistic regression at each penalty.
  public func fit(
    _ x: some DesignMatrix, _ likelihood: LogisticLikelihood
  ) throws(FitError) -> ElasticNetPath {
    try fit(x, PenalizedResponse(likelihood))
  }

  /// Fits a regression at each penalty.
  ///
  /// - Throws: ``FitError`` if the response does not fit `x`, or if a column is not finite.
  /// - Complexity: O(*n p*) for each of about three readings of the rows a penalty, and O(*n p*²) each time
  ///   that the curvature is formed, a few times a path; with many columns *p* is the number kept.
  public func fit(
    _ x: some DesignMatrix, _ response: PenalizedResponse
  ) throws(FitError) -> ElasticNetPath {
    checkSettings(columns: x.columnCount)
    guard x.rowCount == response.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: response.outcomes.count)
    }
    var path = try PathFit(x, response, self)
    return path.run()
  }

  private func checkSettings(columns: Int) {
    precondition((0...1).contains(alpha), "alpha lies in 0...1")
    precondition(tolerance > 0 && roundLimit > 0, "a solver's tolerance and limit are positive")
    precondition(lambdaCount > 0, "a path has penalties")
    precondition(lambdaRatio.map { $0 > 0 && $0 < 1 } ?? true, "a ratio lies between 0 and 1")
    precondition(
      lambdas?.allSatisfy { $0 > 0 && $0.isFinite } ?? true, "penalties are positive and finite")
    if let penaltyFactors {
      precondition(penaltyFactors.count == columns, "one factor belongs to each column")
      precondition(
        penaltyFactors.allSatisfy { $0 >= 0 && $0.isFinite } && penaltyFactors.contains { $0 > 0 },
        "factors are zero or more, and not all zero")
    }
  }
}
