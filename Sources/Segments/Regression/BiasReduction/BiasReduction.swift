internal import LinearAlgebra

/// How the score of a logistic regression is adjusted, so that its root is finite and less biased.
///
/// Both roots exist for any data, separated or not, if the columns are not collinear.
///
/// References: Firth (1993), *Biometrika* 80, 27–38; Heinze and Schemper (2002), *Statistics in
/// Medicine* 21, 2409–2419; Kenne Pagui, Salvan and Sartori (2017), *Biometrika* 104, 923–938;
/// Kosmidis and Firth (2021), *Biometrika* 108, 71–82, for existence.
public enum BiasReduction: Hashable, Sendable, CaseIterable {
  /// Firth's: the mean of the estimate has no bias of first order.
  ///
  /// For logistic regression this is the mode of the posterior under Jeffreys' prior `|I(β)|^½`, so
  /// that there is a penalised likelihood, with its ratio tests and profile intervals.
  case mean
  /// Kenne Pagui, Salvan and Sartori's: each estimate is as often too high as too low, to second
  /// order, in whatever units its coefficient is written.
  case median
}

extension LogisticLikelihood {
  /// The log-likelihood with an adjusted score; under ``BiasReduction/mean`` the value holds the
  /// penalty, and the score is its derivative.
  ///
  ///     mean     ℓ* = ℓ + ½ ln |I|      s*ⱼ = sⱼ + Σᵢ hᵢ (½ − μᵢ) xᵢⱼ
  ///     median   s̃ = s* − I b      bⱼ = Σᵢ wᵢvᵢ (1 − 2μᵢ) zᵢⱼ³ / (3 (I⁻¹)ⱼⱼ)      z = X I⁻¹
  ///
  /// Here `v = μ (1 − μ)`, `h` are leverages, and `b` is the third-order term that parts median
  /// from mean. Nil if the information is singular.
  ///
  /// - Complexity: O(*n p*²), about three times a pass of Newton's method.
  func adjusted(
    _ reduction: BiasReduction, of x: some DesignMatrix, at coefficients: [Double]
  ) -> Derivatives? {
    var derivatives = derivatives(of: x, at: coefficients)
    guard derivatives.value.isFinite, let factor = Cholesky(derivatives.information) else {
      return nil
    }
    let means = logistic(of: x, at: coefficients, offset: offset)
    let omega = means.indices.map { (weights?[$0] ?? 1) * means[$0].variance }
    let forms = x.inverseForms(factor)
    let pull = x.transposeMultiplied(
      by: forms.indices.map { omega[$0] * forms[$0] * means[$0].skew / 2 })
    for column in pull.indices { derivatives.score[column] += pull[column] }
    switch reduction {
    case .mean:
      derivatives.value += factor.logDeterminant / 2
    case .median:
      let inverse = factor.inverse()
      let columns = (0..<x.columnCount).map { column in
        (0..<x.columnCount).map { inverse[$0, column] }
      }
      var shift = Array(repeating: 0.0, count: x.columnCount)
      x.forEachBlock(times: columns) { row, column, z in
        shift[column] += omega[row] * means[row].skew * z * z * z
      }
      for column in shift.indices { shift[column] /= 3 * inverse[column, column] }
      let term = derivatives.information.multiplied(by: shift)
      for column in term.indices { derivatives.score[column] -= term[column] }
    }
    return derivatives
  }
}
