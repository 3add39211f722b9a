internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The terms that one time of events adds to the partial likelihood.
struct CoxTerm {
  /// `ℓₜ`.
  fileprivate(set) var logLikelihood = 0.0
  /// The score `∂ℓₜ/∂β`: covariates of the events beyond their means in the risk set.
  fileprivate(set) var score: [Double]
  /// The information `−∂²ℓₜ/∂β²`, its lower triangle row after row.
  fileprivate(set) var information: [Double]
}

/// Cox's partial likelihood, and its derivatives.
///
///     ℓ(β) = Σ_{times} ( Σ_{events} βᵀx − Σₗ ln φₗ )
///
/// Reference: Cox (1972), *JRSS B* 34, 187–220.
struct CoxLikelihood {
  let data: CoxData
  let ties: CoxTies

  /// The risk `w exp(βᵀx)` of each row.
  func risks(at beta: [Double]) -> [Double] {
    let width = data.columnCount
    return Array(unsafeUninitializedCapacity: data.weights.count) { buffer, count in
      data.covariates.withUnsafeBufferPointer { x in
        for row in data.weights.indices {
          var eta = 0.0
          for column in 0..<width { eta += beta[column] * x[row * width + column] }
          buffer.initializeElement(at: row, to: data.weights[row] * exp(eta))
        }
      }
      count = data.weights.count
    }
  }

  /// Calls a body with the terms of each time of events: stratum by stratum, from the latest.
  ///
  /// - Complexity: O(*n p*² + events) in one reading of the rows.
  func forEachTerm(at beta: [Double], _ body: (CoxTerm) -> Void) {
    let risks = risks(at: beta)
    let width = data.columnCount
    var set = CoxRiskSums(columns: width)
    var tied = CoxRiskSums(columns: width)
    // One term, overwritten, so that no time allocates.
    var term = CoxTerm(score: set.first, information: set.second)
    for block in data.blocks {
      if block.beginsStratum { set.clear() }
      // Only Efron's rule for two events or more needs sums over the events alone.
      if block.eventCount > 1, ties == .efron {
        tied.clear()
        tied.add(block.events, of: data, risks: risks)
        set.add(tied)
      } else {
        set.add(block.events, of: data, risks: risks)
      }
      set.add(block.censored, of: data, risks: risks)
      guard block.eventCount > 0 else { continue }
      write(&term, block, set: set, tied: tied, at: beta)
      body(term)
    }
  }

  private func write(
    _ term: inout CoxTerm, _ block: CoxData.Block, set: CoxRiskSums, tied: CoxRiskSums,
    at beta: [Double]
  ) {
    let sums = CoxTieSums(
      events: block.eventCount, riskSet: set.total, eventRisk: tied.total, ties: ties)
    data.writeCovariateSum(of: block.events, to: &term.score)
    term.logLikelihood = dot(beta, term.score) - sums.logSum
    var place = 0
    for row in term.score.indices {
      let (s, d) = (set.first[row], tied.first[row])
      term.score[row] -= sums.a * s - sums.b * d
      for column in 0...row {
        let (t, e) = (set.first[column], tied.first[column])
        term.information[place] =
          sums.a * set.second[place] - sums.b * tied.second[place]
          - (sums.c0 * s * t - sums.c1 * (s * e + d * t) + sums.c2 * d * e)
        place += 1
      }
    }
  }

  /// The likelihood, its score and its information at a point.
  func derivatives(
    at beta: [Double]
  ) -> (logLikelihood: Double, score: [Double], information: Matrix) {
    var logLikelihood = 0.0
    var score = Array(repeating: 0.0, count: data.columnCount)
    var packed = Array(repeating: 0.0, count: score.count * (score.count + 1) / 2)
    forEachTerm(at: beta) { term in
      logLikelihood += term.logLikelihood
      for index in score.indices { score[index] += term.score[index] }
      for index in packed.indices { packed[index] += term.information[index] }
    }
    return (logLikelihood, score, Matrix(lowerTriangle: packed, order: score.count))
  }
}

extension CoxData {
  /// Writes the covariates of some rows, added up session by session.
  fileprivate func writeCovariateSum(of rows: Range<Int>, to sum: inout [Double]) {
    for column in sum.indices { sum[column] = 0 }
    for row in rows {
      for column in sum.indices {
        sum[column] += weights[row] * covariates[row * columnCount + column]
      }
    }
  }
}

extension Matrix {
  /// A symmetric matrix from its lower triangle, row after row.
  init(lowerTriangle packed: [Double], order: Int) {
    self.init(rows: order, columns: order)
    var place = 0
    for row in 0..<order {
      for column in 0...row {
        self[row, column] = packed[place]
        self[column, row] = packed[place]
        place += 1
      }
    }
  }
}
