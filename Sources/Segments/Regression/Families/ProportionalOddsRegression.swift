public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Ordinal logistic regression: an outcome of classes in order, all cut from one latent scale.
///
///     logit P(y ≤ k) = ζₖ − Xβ      ζ₀ < ζ₁ < … < ζ_{K−2}
///
/// A coefficient above zero moves towards higher classes. With `a = ζ_y − η` and `b = ζ_{y−1} − η` a row
/// adds `ln F(a) + ln (1 − F(b)) + ln (1 − exp(b − a))`, whose second derivatives are sums of terms of one
/// sign: the likelihood is concave, and Newton's method finds its only maximum. Where there is none the
/// status names the coefficients and, counted on after them, the cutpoints that grow without end.
///
/// Reference: McCullagh (1980), *Journal of the Royal Statistical Society B* 42, 109–142.
public struct ProportionalOddsRegression: Hashable, Sendable {
  /// The coefficients `β̂`, one a column.
  public let coefficients: [Double]
  /// The cutpoints `ζ̂`, rising, one fewer than classes.
  public let cutpoints: [Double]
  /// The log-likelihood, in nats.
  public let logLikelihood: Double
  /// The observed information of the coefficients, then of the cutpoints.
  public let information: Matrix
  /// The number of Newton steps.
  public let iterations: Int
  /// How the solver came to its end.
  public let status: LogisticFit.Status

  /// Fits the classes of rows.
  ///
  /// - Parameters:
  ///   - x: The design, without an intercept: the cutpoints are that.
  ///   - classes: The class of each row, from zero.
  ///   - classCount: The number of classes, at least two.
  ///   - weights: The number of sessions that each row stands for; nil for one each.
  /// - Throws: ``FitError`` if lengths or classes do not fit, if a class is empty, or if columns are
  ///   collinear, with each other or with an intercept.
  /// - Complexity: O(*n p*² + *n p K*) per step for *K* classes.
  public init(
    _ x: some DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]? = nil
  ) throws(FitError) {
    let rows = try ClassifiedRows(
      classes, classCount: classCount, weights: weights, rows: x.rowCount)
    let p = x.columnCount
    let surface = LikelihoodSurface(sessions: rows.sessions) { point in
      let cuts = Array(point[p...])
      guard cuts.indices.dropFirst().allSatisfy({ cuts[$0] > cuts[$0 - 1] }) else { return nil }
      return Self.derivatives(
        x, classes, rows.weights, coefficients: Array(point[..<p]), cuts: cuts)
    }
    var (start, below) = (Array(repeating: 0.0, count: p), 0.0)
    for sum in rows.sums.dropLast() {
      below += sum
      start.append(log(below / (rows.sessions - below)))
    }
    let climb = try surface.climb(
      from: start, scoreTolerance: 1e-10, iterationLimit: 30,
      separation: { Separation.columnsInOrder(x, rows) })
    coefficients = Array(climb.point[..<p])
    cutpoints = Array(climb.point[p...])
    logLikelihood = climb.derivatives.value
    information = climb.derivatives.information
    iterations = climb.iterations
    status = climb.status
  }

  /// The covariance of the coefficients, then of the cutpoints.
  ///
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  public func modelCovariance() throws(FitError) -> Matrix {
    try status.covariance(information, iterations: iterations)
  }

  private static func derivatives(
    _ x: some DesignMatrix, _ classes: [Int32], _ w: [Double], coefficients: [Double],
    cuts: [Double]
  ) -> LogisticLikelihood.Derivatives? {
    let (p, last) = (x.columnCount, cuts.count)
    let eta = x.multiplied(by: coefficients)
    var value = 0.0
    var pull = Array(repeating: 0.0, count: eta.count)
    var curvature = pull
    var cutScore = Array(repeating: 0.0, count: last)
    var information = Matrix(rows: p + last, columns: p + last)
    // −∂²ℓ/∂η∂ζₖ of each row, cut by cut.
    var crossed = Array(repeating: pull, count: last)
    for row in eta.indices {
      let y = Int(classes[row])
      if y < last {
        let upper = LogisticMean(cuts[y] - eta[row])
        value += w[row] * logMean(cuts[y] - eta[row])
        pull[row] -= w[row] * (1 - upper.mean)
        curvature[row] += w[row] * upper.variance
        cutScore[y] += w[row] * (1 - upper.mean)
        crossed[y][row] -= w[row] * upper.variance
        information[p + y, p + y] += w[row] * upper.variance
      }
      if y > 0 {
        let lower = LogisticMean(cuts[y - 1] - eta[row])
        value += w[row] * logMean(eta[row] - cuts[y - 1])
        pull[row] += w[row] * lower.mean
        curvature[row] += w[row] * lower.variance
        cutScore[y - 1] -= w[row] * lower.mean
        crossed[y - 1][row] -= w[row] * lower.variance
        information[p + y - 1, p + y - 1] += w[row] * lower.variance
      }
      if y > 0, y < last {
        let gap = cuts[y] - cuts[y - 1]
        let odds = 1 / expm1(gap)
        value += w[row] * log(-expm1(-gap))
        cutScore[y] += w[row] * odds
        cutScore[y - 1] -= w[row] * odds
        let stiffness = w[row] * odds * (1 + odds)
        information[p + y, p + y] += stiffness
        information[p + y - 1, p + y - 1] += stiffness
        information[p + y, p + y - 1] -= stiffness
      }
    }
    guard value.isFinite else { return nil }
    let gram = x.weightedGram(curvature)
    for column in 0..<p {
      for row in column..<p { information[row, column] = gram[row, column] }
    }
    for (cut, elements) in crossed.enumerated() {
      for (column, sum) in x.transposeMultiplied(by: elements).enumerated() {
        information[p + cut, column] = sum
      }
    }
    information.mirrorLowerTriangle()
    return .init(
      value: value, score: x.transposeMultiplied(by: pull) + cutScore, information: information)
  }

  /// `ln F(t)` of the logistic law.
  private static func logMean(_ t: Double) -> Double { min(t, 0) - log1p(exp(-abs(t))) }
}
