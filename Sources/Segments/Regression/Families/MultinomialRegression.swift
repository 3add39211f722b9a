public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Multinomial logistic regression: an outcome of several classes without an order.
///
///     P(y = k) = exp ηₖ / Σ_l exp η_l      ηₖ = Xβₖ,  β₀ = 0
///
/// By Newton's method on all classes at once; the information has the blocks `Xᵀ diag(w μₖ(δₖₗ − μₗ)) X`.
/// A class that a pattern of the columns never shows has no finite coefficients: the status then names
/// those, by their places class after class.
///
/// References: McCullagh and Nelder (1989), *Generalized Linear Models*, 2nd edition, section 5.2.4; Albert and
/// Anderson (1984), *Biometrika* 71, 1–10 (separation).
public struct MultinomialRegression: Hashable, Sendable {
  /// The coefficients of each class against the first: `[0]` is of class 1.
  public let coefficients: [[Double]]
  /// The log-likelihood, in nats.
  public let logLikelihood: Double
  /// The information, class after class.
  public let information: Matrix
  /// The number of Newton steps.
  public let iterations: Int
  /// How the solver came to its end.
  public let status: LogisticFit.Status

  /// Fits the classes of rows.
  ///
  /// - Parameters:
  ///   - x: The design, with its intercept.
  ///   - classes: The class of each row, from zero; the first is the reference.
  ///   - classCount: The number of classes, at least two.
  ///   - weights: The number of sessions that each row stands for; nil for one each.
  /// - Throws: ``FitError`` if lengths or classes do not fit, if a class is empty, or if columns are
  ///   collinear.
  /// - Complexity: O(*n K² p*²) per step for *K* classes.
  public init(
    _ x: some DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]? = nil
  ) throws(FitError) {
    let rows = try ClassifiedRows(
      classes, classCount: classCount, weights: weights, rows: x.rowCount)
    let (w, p, others) = (rows.weights, x.columnCount, classCount - 1)
    let surface = LikelihoodSurface(sessions: rows.sessions) { point in
      let eta = (0..<others).map { x.multiplied(by: Array(point[($0 * p)..<(($0 + 1) * p)])) }
      // Probabilities of the classes but the first, each row against its greatest predictor.
      var mu = eta
      var value = 0.0
      for row in classes.indices {
        let greatest = eta.reduce(0) { max($0, $1[row]) }
        var sum = exp(-greatest)
        for k in 0..<others {
          mu[k][row] = exp(eta[k][row] - greatest)
          sum += mu[k][row]
        }
        for k in 0..<others { mu[k][row] /= sum }
        let own = classes[row] == 0 ? 0 : eta[Int(classes[row]) - 1][row]
        value += w[row] * (own - greatest - log(sum))
      }
      guard value.isFinite else { return nil }
      var score: [Double] = []
      var information = Matrix(rows: others * p, columns: others * p)
      for k in 0..<others {
        score += x.transposeMultiplied(
          by: w.indices.map { w[$0] * ((Int(classes[$0]) == k + 1 ? 1 : 0) - mu[k][$0]) })
        for l in 0...k {
          let block = x.weightedGram(
            w.indices.map { w[$0] * mu[k][$0] * (k == l ? 1 - mu[k][$0] : mu[l][$0]) })
          for column in 0..<p {
            for row in 0..<p {
              information[k * p + row, l * p + column] = (k == l ? 1 : -1) * block[row, column]
            }
          }
        }
      }
      information.mirrorLowerTriangle()
      return .init(value: value, score: score, information: information)
    }
    let climb = try surface.climb(
      from: Array(repeating: 0, count: others * p), scoreTolerance: 1e-10, iterationLimit: 30,
      separation: { Separation.columnsAmongClasses(x, rows) })
    coefficients = (0..<others).map { Array(climb.point[($0 * p)..<(($0 + 1) * p)]) }
    logLikelihood = climb.derivatives.value
    information = climb.derivatives.information
    iterations = climb.iterations
    status = climb.status
  }

  /// The covariance of all coefficients, class after class.
  ///
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  public func modelCovariance() throws(FitError) -> Matrix {
    try status.covariance(information, iterations: iterations)
  }

  /// The fitted probability of each class, the first included, one list a row.
  public func probabilities(of x: some DesignMatrix) -> [[Double]] {
    let eta = coefficients.map { x.multiplied(by: $0) }
    return (0..<x.rowCount).map { row in
      let predictors = [0] + eta.map { $0[row] }
      let greatest = predictors.reduce(0, max)
      let odds = predictors.map { exp($0 - greatest) }
      let sum = odds.reduce(0, +)
      return odds.map { $0 / sum }
    }
  }
}
