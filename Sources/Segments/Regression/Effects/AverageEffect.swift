public import LinearAlgebra

extension LogisticFit {
  /// The average effect, in probability, of changing every session from one design to another.
  ///
  ///     Δ = Σ wᵢ (μᵢ¹ − μᵢ⁰) / Σ wᵢ      ∇Δ = Σ wᵢ (vᵢ¹xᵢ¹ − vᵢ⁰xᵢ⁰) / Σ wᵢ      se² = ∇Δᵀ V ∇Δ
  ///
  /// A log-odds ratio cannot be read as percentage points; this can. With the two designs of an arm
  /// shown to all and to none it is the effect of the arm, standardised to the customers at hand. The
  /// error is that of the coefficients; customers count as given.
  ///
  /// - Parameters:
  ///   - treatment: The rows as they would be under the change.
  ///   - control: The same rows without it.
  ///   - offset: The known part of the predictor, if the fit had one.
  ///   - weights: The number of sessions each row stands for; nil for one each.
  ///   - covariance: The covariance of the coefficients.
  /// - Returns: The effect with its standard error; nil if that is not positive.
  /// - Complexity: O(*n p*).
  ///
  /// Reference: Lane and Nelder (1982), *Biometrics* 38, 613–621.
  public func averageEffect(
    of treatment: some DesignMatrix, against control: some DesignMatrix,
    offset: [Double]? = nil, weights: [Double]? = nil, covariance: Matrix
  ) -> WaldTest? {
    precondition(treatment.rowCount == control.rowCount, "a change keeps the rows")
    let one = averageMean(of: treatment, offset, weights)
    let other = averageMean(of: control, offset, weights)
    let gradient = zip(one.gradient, other.gradient).map { $0 - $1 }
    return WaldTest(
      estimate: one.mean - other.mean,
      standardError: covariance.quadraticForm(gradient).squareRoot())
  }

  /// The average slope, in probability, along a column: the marginal effect of a number.
  ///
  ///     Δ = βⱼ Σ wᵢvᵢ / Σ wᵢ      ∂Δ/∂βₖ = ([j = k] Σ wᵢvᵢ + βⱼ Σ wᵢvᵢ (1 − 2μᵢ) xᵢₖ) / Σ wᵢ
  ///
  /// It is the effect of a small change per unit. Columns made of this one, such as its products with
  /// an arm, are held; the effect of a category is ``averageEffect(of:against:offset:weights:covariance:)``.
  ///
  /// - Parameters:
  ///   - column: The column `j`.
  ///   - x: The rows to average over.
  ///   - offset: The known part of the predictor, if the fit had one.
  ///   - weights: The number of sessions each row stands for; nil for one each.
  ///   - covariance: The covariance of the coefficients.
  /// - Returns: The slope with its standard error; nil if that is not positive.
  /// - Complexity: O(*n p*).
  ///
  /// Reference: Greene (2018), *Econometric Analysis*, 8th edition, section 17.2.4.
  public func averageSlope(
    along column: Int, of x: some DesignMatrix, offset: [Double]? = nil,
    weights: [Double]? = nil, covariance: Matrix
  ) -> WaldTest? {
    let means = logistic(of: x, at: coefficients, offset: offset)
    let total = weights?.reduce(0, +) ?? Double(x.rowCount)
    let share = means.indices.map { (weights?[$0] ?? 1) / total * means[$0].variance }
    let steepness = share.reduce(0, +)
    var gradient = x.transposeMultiplied(by: share.indices.map { share[$0] * means[$0].skew })
    for index in gradient.indices { gradient[index] *= coefficients[column] }
    gradient[column] += steepness
    return WaldTest(
      estimate: coefficients[column] * steepness,
      standardError: covariance.quadraticForm(gradient).squareRoot())
  }

  /// The average of the fitted probabilities with its derivative by the coefficients.
  private func averageMean(
    of x: some DesignMatrix, _ offset: [Double]?, _ weights: [Double]?
  ) -> (mean: Double, gradient: [Double]) {
    precondition(weights.map { $0.count == x.rowCount } ?? true, "a row has a weight")
    let means = logistic(of: x, at: coefficients, offset: offset)
    let total = weights?.reduce(0, +) ?? Double(x.rowCount)
    let mean = means.indices.reduce(0) { $0 + (weights?[$1] ?? 1) / total * means[$1].mean }
    let gradient = x.transposeMultiplied(
      by: means.indices.map { (weights?[$0] ?? 1) / total * means[$0].variance })
    return (mean, gradient)
  }
}
