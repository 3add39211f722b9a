public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Conditional logistic regression: saved against lost sessions within strata, whose own levels drop out.
///
///     ℓ(β) = Σ_s [ Σ_{i saved} ηᵢ − ln Σ_{|R| = m_s} exp Σ_{i in R} ηᵢ ]      R over subsets of stratum s
///
/// Given how many of a stratum were saved, which ones does not depend on the stratum's level, so that many
/// small strata bias nothing: unlike an ordinary regression with a column for each. A stratum in which all
/// or none were saved says nothing. The sum over subsets is an elementary symmetric polynomial, built row by
/// row with its derivatives; nothing is approximated. Where some direction ranks the saved sessions of
/// every stratum above its lost ones there is no maximum, and the status names the direction's columns.
///
/// References: Gail, Lubin and Rubinstein (1981), *Biometrika* 68, 703–707; Breslow and Day (1980),
/// *Statistical Methods in Cancer Research* 1, chapter 7.
public struct ConditionalLogisticRegression: Hashable, Sendable {
  /// The coefficients `β̂`, one a column.
  public let coefficients: [Double]
  /// The conditional log-likelihood at the coefficients, in nats.
  public let logLikelihood: Double
  /// The conditional log-likelihood at zero.
  public let nullLogLikelihood: Double
  /// The information of the coefficients.
  public let information: Matrix
  /// The number of strata with both outcomes.
  public let informativeStrata: Int
  /// The number of Newton steps.
  public let iterations: Int
  /// How the solver came to its end.
  public let status: LogisticFit.Status

  /// Fits outcomes within strata.
  ///
  /// - Parameters:
  ///   - x: The design, without an intercept.
  ///   - outcomes: The outcome of each row, 0 or 1.
  ///   - strata: The stratum of each row.
  /// - Throws: ``FitError`` if lengths or outcomes do not fit, `nothingToTest` if no stratum has both
  ///   outcomes, `singularInformation` if columns are collinear within strata.
  /// - Complexity: O(*n m p*²) per step for *m* saved sessions a stratum.
  public init(
    _ x: some DesignMatrix, _ outcomes: [Double], strata: [UInt64]
  ) throws(FitError) {
    for count in [outcomes.count, strata.count] where count != x.rowCount {
      throw .lengthMismatch(rows: x.rowCount, outcomes: count)
    }
    if let row = outcomes.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw .outcomeOutOfRange(row: row)
    }
    let groups = Self.informative(x, outcomes, strata)
    guard !groups.isEmpty else { throw .nothingToTest }
    let sessions = groups.reduce(0) { $0 + $1.rows.count }
    let surface = LikelihoodSurface(sessions: Double(sessions)) { beta in
      var sum = LogisticLikelihood.Derivatives(
        value: 0, score: Array(repeating: 0, count: beta.count),
        information: Matrix(rows: beta.count, columns: beta.count))
      for group in groups {
        guard group.add(at: beta, to: &sum) else { return nil }
      }
      sum.information.mirrorLowerTriangle()
      return sum
    }
    let origin = Array(repeating: 0.0, count: x.columnCount)
    let climb = try surface.climb(
      from: origin, scoreTolerance: 1e-10, iterationLimit: 30,
      separation: { Self.separatedColumns(groups) })
    coefficients = climb.point
    logLikelihood = climb.derivatives.value
    nullLogLikelihood = surface.derivatives(origin)?.value ?? logLikelihood
    information = climb.derivatives.information
    informativeStrata = groups.count
    iterations = climb.iterations
    status = climb.status
  }

  /// The covariance of the coefficients.
  ///
  /// - Throws: `notConverged` if the coefficients are not the maximum.
  public func modelCovariance() throws(FitError) -> Matrix {
    try status.covariance(information, iterations: iterations)
  }

  /// The likelihood-ratio test that all coefficients are zero.
  public var likelihoodRatioTest: LikelihoodRatioTest {
    LikelihoodRatioTest(
      statistic: 2 * (logLikelihood - nullLogLikelihood), degreesOfFreedom: coefficients.count)
  }

  /// The columns without a finite maximum: those of a direction that puts no saved session of a stratum
  /// below a lost one, and some above; nil if there is none, or too many pairs to tell.
  private static func separatedColumns(_ groups: [Stratum]) -> [Int]? {
    let pairs = groups.reduce(0) { $0 + $1.pairCount }
    guard pairs <= pairLimit else { return nil }
    let rows = groups.flatMap(\.differences)
    let width = rows.first?.count ?? 0
    let separation = try? Separation(
      of: LogisticLikelihood(rows.map { _ in 1 }),
      DenseMatrix(rows: rows.count, columns: width, elements: rows.flatMap { $0 }))
    return separation.flatMap { $0.kind == .none ? nil : $0.columns }
  }

  /// The pairs of a saved and a lost session of one stratum that are looked at for separation.
  private static let pairLimit = 1_000_000

  /// The strata with both outcomes, by rising name.
  private static func informative(
    _ x: some DesignMatrix, _ outcomes: [Double], _ strata: [UInt64]
  ) -> [Stratum] {
    let order = strata.indices.sorted { (strata[$0], $0) < (strata[$1], $1) }
    var groups: [Stratum] = []
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { strata[$0] != strata[order[start]] } ?? order.count
      let members = order[start..<end]
      let saved = members.count { outcomes[$0] == 1 }
      if saved > 0, saved < members.count {
        groups.append(Stratum(x, members, isSaved: members.map { outcomes[$0] == 1 }))
      }
      start = end
    }
    return groups
  }
}

/// The rows of one stratum, less their mean.
private struct Stratum {
  let rows: [[Double]]
  let isSaved: [Bool]

  init(_ x: some DesignMatrix, _ members: ArraySlice<Int>, isSaved: [Bool]) {
    let one = [1.0]
    var rows = members.map { row -> [Double] in
      var elements = Array(repeating: 0.0, count: x.columnCount)
      x.addTransposeProduct(row..<(row + 1), by: one.span, to: &elements)
      return elements
    }
    for column in 0..<x.columnCount {
      let mean = rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      for row in rows.indices { rows[row][column] -= mean }
    }
    self.rows = rows
    self.isSaved = isSaved
  }

  /// The number of pairs of a saved and a lost row.
  var pairCount: Int {
    let saved = isSaved.count { $0 }
    return saved * (isSaved.count - saved)
  }

  /// Each saved row less each lost one.
  var differences: [[Double]] {
    rows.indices.filter { isSaved[$0] }.flatMap { saved in
      rows.indices.filter { !isSaved[$0] }.map { lost in
        zip(rows[saved], rows[lost]).map { $0 - $1 }
      }
    }
  }

  /// Adds the stratum's conditional log-likelihood with its derivatives, the information in its lower
  /// triangle; false if it is out of range.
  func add(at beta: [Double], to sum: inout LogisticLikelihood.Derivatives) -> Bool {
    let (p, saved) = (beta.count, isSaved.count { $0 })
    // Elementary symmetric polynomials of exp η by degree, with gradients and Hessians by β; the sizes
    // may be large, and are kept in range by a common scale.
    var e = [1.0] + Array(repeating: 0.0, count: saved)
    var gradient = Array(repeating: Array(repeating: 0.0, count: p), count: saved + 1)
    var hessian = Array(repeating: Matrix(rows: p, columns: p), count: saved + 1)
    var logScale = 0.0
    for (index, row) in rows.enumerated() {
      let eta = row.indices.reduce(0) { $0 + row[$1] * beta[$1] }
      if isSaved[index] {
        sum.value += eta
        for column in 0..<p { sum.score[column] += row[column] }
      }
      let u = exp(eta)
      for degree in stride(from: min(index + 1, saved), through: 1, by: -1) {
        let lower = (e[degree - 1], gradient[degree - 1])
        for column in 0..<p {
          for other in column..<p {
            hessian[degree][other, column] +=
              u
              * (hessian[degree - 1][other, column] + row[other] * lower.1[column]
                + row[column] * lower.1[other] + row[other] * row[column] * lower.0)
          }
        }
        for column in 0..<p {
          gradient[degree][column] += u * (lower.1[column] + row[column] * lower.0)
        }
        e[degree] += u * lower.0
      }
      let greatest = e.reduce(0, max)
      if greatest > 0x1p300 {
        logScale += log(greatest)
        for degree in 0...saved {
          e[degree] /= greatest
          for column in 0..<p { gradient[degree][column] /= greatest }
          for element in hessian[degree].elements.indices {
            hessian[degree].elements[element] /= greatest
          }
        }
      }
    }
    guard e[saved] > 0, e[saved].isFinite else { return false }
    sum.value -= log(e[saved]) + logScale
    let mean = gradient[saved].map { $0 / e[saved] }
    for column in 0..<p {
      sum.score[column] -= mean[column]
      for other in column..<p {
        sum.information[other, column] +=
          hessian[saved][other, column] / e[saved] - mean[other] * mean[column]
      }
    }
    return sum.value.isFinite
  }
}
