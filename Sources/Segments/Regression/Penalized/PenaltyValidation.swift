public import LinearAlgebra
internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The choice of a penalty by how well fits predict sessions that they have not seen.
///
///     CVₖ = Σ_f ω_f m_f(λₖ)        seₖ = √(Σ_f ω_f (m_f(λₖ) − CVₖ)² / (F − 1))
///
/// `m_f` is the measure on fold `f` of the fit to all other folds, and `ω_f` the fold's share of the
/// sessions. Which fold a session falls into depends on the seed and its unit's key alone: neither the order
/// of the log nor the other units change it, and all sessions of a unit fall into one.
///
/// Reference: Hastie, Tibshirani and Friedman (2009), *The Elements of Statistical Learning*, 2nd edition,
/// section 7.10; the weighting is that of glmnet's `cv.glmnet`.
public struct PenaltyValidation: Hashable, Sendable {
  /// What is measured on a fold.
  public enum Measure: Hashable, Sendable {
    /// The mean deviance; for least squares the mean square.
    case deviance
    /// One minus the area under the curve of true against false positives, ties counted by half.
    case areaUnderCurve
  }

  /// The measure at one penalty.
  public struct Score: Hashable, Sendable {
    /// The penalty `λ`.
    public let lambda: Double
    /// The mean over folds; less is better.
    public let mean: Double
    /// The standard error of the mean.
    public let standardError: Double
  }

  /// The fit to all sessions, at every penalty.
  public let path: ElasticNetPath
  /// The scores, one a penalty of the path.
  public let scores: [Score]

  /// Validates a path.
  ///
  /// - Parameters:
  ///   - net: The regression; its own penalties or those of its sequence on all sessions are used.
  ///   - x: The design.
  ///   - response: The outcomes.
  ///   - units: The key of each row's unit.
  ///   - foldCount: The number of folds, from 2.
  ///   - seed: The seed of the folds.
  ///   - measure: What is measured.
  /// - Throws: ``FitError`` as a fit does, also where a fold or its rest has no session.
  /// - Complexity: `foldCount + 1` paths.
  public init(
    _ net: ElasticNet, _ x: some DesignMatrix, _ response: PenalizedResponse, units: [UInt64],
    foldCount: Int = 10, seed: UInt64, measure: Measure = .deviance
  ) throws(FitError) {
    try self.init(
      x, response, folds: Self.folds(units, count: foldCount, seed: seed), foldCount: foldCount,
      measure: measure
    ) { response, lambdas throws(FitError) in
      var net = net
      net.lambdas = lambdas ?? net.lambdas
      return try net.fit(x, response)
    }
  }

  /// Validates a path of grouped columns, as that of an elastic net.
  ///
  /// - Throws: ``FitError`` as a fit does, also where a fold or its rest has no session.
  public init(
    _ lasso: GroupLasso, _ x: some DesignMatrix, _ response: PenalizedResponse, units: [UInt64],
    foldCount: Int = 10, seed: UInt64, measure: Measure = .deviance
  ) throws(FitError) {
    try self.init(
      x, response, folds: Self.folds(units, count: foldCount, seed: seed), foldCount: foldCount,
      measure: measure
    ) { response, lambdas throws(FitError) in
      var lasso = lasso
      lasso.lambdas = lambdas ?? lasso.lambdas
      return try lasso.fit(x, response)
    }
  }

  /// Validates a path on folds that are given.
  package init(
    _ net: ElasticNet, _ x: some DesignMatrix, _ response: PenalizedResponse, folds: [Int],
    foldCount: Int, measure: Measure
  ) throws(FitError) {
    try self.init(x, response, folds: folds, foldCount: foldCount, measure: measure) {
      response, lambdas throws(FitError) in
      var net = net
      net.lambdas = lambdas ?? net.lambdas
      return try net.fit(x, response)
    }
  }

  /// The fold of each row.
  private static func folds(_ units: [UInt64], count: Int, seed: UInt64) -> [Int] {
    precondition(count >= 2, "what is left out is predicted from the rest")
    return units.map { unit in
      var stream = Philox(StreamKey(seed: seed, purpose: .penaltyFolds, index: unit))
      return stream.index(below: count)
    }
  }

  /// Fits the path of all sessions, and at its penalties the rest of each fold.
  private init(
    _ x: some DesignMatrix, _ response: PenalizedResponse, folds: [Int], foldCount: Int,
    measure: Measure,
    fit: (PenalizedResponse, [Double]?) throws(FitError) -> ElasticNetPath
  ) throws(FitError) {
    guard folds.count == x.rowCount else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: folds.count)
    }
    let path = try fit(response, nil)
    self.path = path
    let lambdas = path.fits.map(\.lambda)
    var (measures, weights) = ([[Double]](), [Double]())
    for fold in 0..<foldCount {
      let fits = try fit(response.keeping { folds[$0] != fold }, lambdas).fits
      let held = try response.keeping { folds[$0] == fold }
      weights.append(held.sessionCount / response.sessionCount)
      measures.append(fits.map { held.measure(measure, of: $0, x) })
    }
    scores = path.fits.indices.map { place in
      let mean = measures.indices.reduce(0.0) { $0 + weights[$1] * measures[$1][place] }
      let variance = measures.indices.reduce(0.0) { sum, fold in
        let difference = measures[fold][place] - mean
        return sum + weights[fold] * difference * difference
      }
      return Score(
        lambda: path.fits[place].lambda, mean: mean,
        standardError: (variance / Double(foldCount - 1)).squareRoot())
    }
  }

  /// The place of the best score; the greatest penalty of several.
  public var minimum: Int {
    scores.indices.reduce(0) { scores[$1].mean < scores[$0].mean ? $1 : $0 }
  }

  /// The place of the greatest penalty whose score is within a standard error of the best.
  public var oneStandardError: Int {
    let best = scores[minimum]
    return scores.firstIndex { $0.mean <= best.mean + best.standardError } ?? minimum
  }
}

extension PenalizedResponse {
  /// A measure of a fit on the rows that count.
  fileprivate func measure(
    _ measure: PenaltyValidation.Measure, of fit: ElasticNetPath.Fit, _ x: some DesignMatrix
  ) -> Double {
    let eta = x.multiplied(by: fit.coefficients).map { $0 + fit.intercept }
    switch measure {
    case .deviance:
      return eta.indices.reduce(0.0) {
        shares[$1] > 0 ? $0 + shares[$1] * deviance($1, at: eta[$1]) : $0
      }
    case .areaUnderCurve:
      return 1 - areaUnderCurve(eta.indices.map { eta[$0] + (offset?[$0] ?? 0) })
    }
  }

  /// The probability that a success scores above a failure, ties counted by half; ½ where one is lacking.
  private func areaUnderCurve(_ scores: [Double]) -> Double {
    let order = scores.indices.filter { shares[$0] > 0 }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    var (pairs, below, successes) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      var (tied, up, down) = (start, 0.0, 0.0)
      while tied < order.count, scores[order[tied]] == scores[order[start]] {
        up += shares[order[tied]] * outcomes[order[tied]]
        down += shares[order[tied]] * (1 - outcomes[order[tied]])
        tied += 1
      }
      pairs += up * (below + down / 2)
      (below, successes, start) = (below + down, successes + up, tied)
    }
    return below > 0 && successes > 0 ? pairs / (below * successes) : 0.5
  }
}
