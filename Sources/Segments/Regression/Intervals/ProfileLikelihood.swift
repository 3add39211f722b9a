internal import Inference
internal import LinearAlgebra
internal import Probability

/// A log-likelihood as a function of one coefficient, the others at their best.
///
///     p(b) = max { ℓ(β) : βⱼ = b }      r(b) = ± √(2 (ℓ̂ − p(b)))      interval { b : |r(b)| ≤ z_{α/2} }
///
/// The signed root `r` is nearly straight in `b`, so that its crossings of `±z` take a few steps. Each
/// climb starts from the last one, moved along the covariance.
///
/// Reference: Venzon and Moolgavkar (1988), *Applied Statistics* 37, 87–94.
struct ProfileLikelihood {
  /// The likelihood.
  let surface: LikelihoodSurface
  /// The maximum.
  let best: LikelihoodSurface.Climb
  /// The statistic whose crossings end the interval.
  let statistic: Statistic

  enum Statistic {
    /// The signed root of the likelihood ratio.
    case likelihoodRatio
    /// The score of the coefficient over its standard error at the climb's end.
    case score
  }

  private static let scoreTolerance = 1e-9
  private static let iterationLimit = 500

  /// The values of a coefficient that a test of a level does not reject.
  func interval(_ column: Int, level: Double) throws(FitError) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    return Interval(
      lower: try end(column, side: -1, level: level), upper: try end(column, side: 1, level: level))
  }

  /// One end, infinite if the statistic never reaches its quantile.
  private func end(_ column: Int, side: Double, level: Double) throws(FitError) -> Double {
    guard let factor = Cholesky(best.derivatives.information) else {
      throw .singularInformation(iteration: best.iterations)
    }
    let covariance = factor.inverse()
    let error = covariance[column, column].squareRoot()
    let tangent = best.point.indices.map { covariance[$0, column] / covariance[column, column] }
    let target = StandardNormal.upperQuantile((1 - level) / 2)
    var (last, failure) = (best, FitError?.none)

    func excess(_ b: Double) -> Double {
      guard failure == nil else { return 0 }
      let step = b - last.point[column]
      var start = last.point
      for index in start.indices { start[index] += step * tangent[index] }
      start[column] = b
      do throws(FitError) {
        let climb = try surface.climb(
          from: start, holding: [column], scoreTolerance: Self.scoreTolerance,
          iterationLimit: Self.iterationLimit)
        guard climb.status == .converged else { throw .notConverged(climb.status) }
        last = climb
        return try root(climb, column) - target
      } catch {
        failure = error
        return 0
      }
    }

    // Step out until the statistic has passed its quantile, then close in.
    var inner = best.point[column]
    var outer = inner + side * target * error
    var doublings = 0
    while excess(outer) < 0 {
      guard doublings < 40 else { return side * .infinity }
      (inner, outer) = (outer, outer + (outer - best.point[column]))
      doublings += 1
    }
    let end = findRoot(from: inner, to: outer, absoluteError: 1e-9 * error) { b in
      b == best.point[column] ? -target : excess(b)
    }
    if let failure { throw failure }
    return end ?? outer
  }

  /// The size of the statistic at the end of a climb.
  private func root(_ climb: LikelihoodSurface.Climb, _ column: Int) throws(FitError) -> Double {
    switch statistic {
    case .likelihoodRatio:
      return max(0, 2 * (best.derivatives.value - climb.derivatives.value)).squareRoot()
    case .score:
      guard let factor = Cholesky(climb.derivatives.information) else {
        throw .singularInformation(iteration: climb.iterations)
      }
      var unit = Array(repeating: 0.0, count: climb.point.count)
      unit[column] = 1
      let variance = factor.solve(unit)[column]
      return abs(climb.derivatives.score[column]) * variance.squareRoot()
    }
  }
}
