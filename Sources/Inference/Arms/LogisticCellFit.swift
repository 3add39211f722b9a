#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import LinearAlgebra

/// The logistic model of the cells of a factorial table that has greatest likelihood, by Newton's method.
///
///     x ~ Binomial(n, p),   logit p = Zβ      β ← β + (Zᵀ W Z)⁻¹ Zᵀ (x − np),   W = np(1 − p)
///
/// Where a level's sessions all ended alike, `β` has no finite maximum but the likelihood has a bound; the
/// steps then go on until what they gain is lost in the deviance.
///
/// Reference: McCullagh and Nelder (1989), *Generalized Linear Models*, section 4.4.
struct LogisticCellFit {
  /// Twice the log likelihood by which the saturated model is better.
  private(set) var deviance: Double

  /// Fits an intercept and some terms.
  ///
  /// - Throws: `notConverged` if a hundred steps are not enough.
  init(_ table: FactorialTable, terms: [FactorialTerm]) throws(InferenceError) {
    let cells = table.cells
    let rows = cells.indices.map { index in
      terms.reduce(into: [1.0]) { row, term in
        row += term.columns(of: table.combination(at: index), table.levels)
      }
    }
    let all = Tally(merging: cells)
    var beta = Array(repeating: 0.0, count: rows[0].count)
    beta[0] = log(Double(all.successes) / Double(all.failures))
    deviance = Self.deviance(cells, rows, beta)
    for _ in 0..<100 {
      let (score, information) = Self.derivatives(cells, rows, beta)
      // Weights that vanish leave nothing to gain.
      guard let factor = Cholesky(information) else { return }
      let step = factor.solve(score)
      let gain = zip(step, score).reduce(0) { $0 + $1.0 * $1.1 }
      // A step is halved until the deviance does not rise, but for rounding.
      var length = 1.0
      var (next, reached) = (beta, deviance)
      repeat {
        next = zip(beta, step).map { $0 + length * $1 }
        reached = Self.deviance(cells, rows, next)
        length /= 2
      } while reached > deviance * (1 + 1e-12) + 1e-12 && length > 1e-8
      beta = next
      deviance = min(deviance, reached)
      if gain < 1e-13 { return }
    }
    throw .notConverged
  }

  private static func deviance(
    _ cells: [Tally], _ rows: [[Double]], _ beta: [Double]
  ) -> Double {
    var sum = 0.0
    for (tally, row) in zip(cells, rows) {
      let (p, q) = shares(row, beta)
      let n = Double(tally.trials)
      sum += countDeviance(Double(tally.successes), expected: n * p)
      sum += countDeviance(Double(tally.failures), expected: n * q)
    }
    return 2 * sum
  }

  private static func derivatives(
    _ cells: [Tally], _ rows: [[Double]], _ beta: [Double]
  ) -> (score: [Double], information: Matrix) {
    var score = Array(repeating: 0.0, count: beta.count)
    var information = Matrix(rows: beta.count, columns: beta.count)
    for (tally, row) in zip(cells, rows) {
      let (p, q) = shares(row, beta)
      let n = Double(tally.trials)
      // x − np.
      let residual = Double(tally.successes) * q - Double(tally.failures) * p
      for index in row.indices { score[index] += row[index] * residual }
      information.addOuterProduct(row, scale: n * p * q)
    }
    information.mirrorLowerTriangle()
    return (score, information)
  }

  /// The probabilities of success and of failure in a cell.
  private static func shares(_ row: [Double], _ beta: [Double]) -> (p: Double, q: Double) {
    let eta = zip(row, beta).reduce(0) { $0 + $1.0 * $1.1 }
    return (1 / (1 + exp(-eta)), 1 / (1 + exp(eta)))
  }
}
