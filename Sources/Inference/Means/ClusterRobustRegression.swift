internal import LinearAlgebra

/// Least squares with standard errors that allow sessions of a cluster to depend on each other.
///
///     β̂ = (XᵀX)⁻¹ Xᵀy      V = M (Σ_g X_gᵀ A_g e_g e_gᵀ A_gᵀ X_g) M      M = (XᵀX)⁻¹
///
/// `A_g` is the ``ClusterCorrection``. Every term of a cluster lies in the space of its columns, so a
/// cluster is needed only as its cross-products `X_gᵀX_g` and `X_gᵀy_g`: with `M = LLᵀ` and
/// `LᵀX_gᵀX_gL = U diag(λ) Uᵀ`, the correction multiplies the direction of each `λ` by a number. The
/// cost of a cluster does not depend on its size. Two arms without covariates have a shorter way,
/// ``ClusteredMeans``.
///
/// References: Bell and McCaffrey (2002), *Survey Methodology* 28, 169–181; Pustejovsky and Tipton
/// (2018), *Journal of Business & Economic Statistics* 36, 672–683.
public struct ClusterRobustRegression: Sendable {
  /// The cross-products of one cluster's rows.
  public struct Cluster: Sendable {
    /// The number of rows.
    public private(set) var rowCount = 0
    /// `X_gᵀX_g`, in its lower triangle.
    fileprivate var gram: Matrix
    /// `X_gᵀy_g`.
    fileprivate var response: [Double]

    /// A cluster with no rows yet, of so many columns.
    public init(columns: Int) {
      precondition(columns > 0, "a regression has a column")
      gram = Matrix(rows: columns, columns: columns)
      response = Array(repeating: 0, count: columns)
    }

    /// Adds a row of the design matrix, which holds its own column of ones, and its outcome.
    public mutating func add(_ row: [Double], outcome: Double) {
      precondition(row.count == response.count, "a row has an element for each column")
      rowCount += 1
      gram.addOuterProduct(row)
      for index in row.indices { response[index] += row[index] * outcome }
    }

    /// Adds the rows of another part of the same cluster.
    public mutating func merge(_ other: Cluster) {
      rowCount += other.rowCount
      for index in gram.elements.indices { gram.elements[index] += other.gram.elements[index] }
      for index in response.indices { response[index] += other.response[index] }
    }
  }

  /// An estimated coefficient.
  public struct Coefficient: Hashable, Sendable {
    /// The coefficient `β̂`.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// Bell and McCaffrey's degrees of freedom.
    public let degreesOfFreedom: Double
  }

  /// The coefficients, column by column.
  public let coefficients: [Double]
  private let clusters: [Cluster]
  private let rowCount: Int
  /// `L`, with `LLᵀ = (XᵀX)⁻¹`.
  private let root: Matrix

  /// Fits a regression.
  ///
  /// - Throws: `tooFewGroups` below two clusters, `tooFewSessions` if there are no more rows than
  ///   columns, `collinear` if the columns do not determine their coefficients.
  /// - Complexity: O(*Gp*²) for *G* clusters and *p* columns.
  public init(_ clusters: [Cluster]) throws(InferenceError) {
    guard clusters.count >= 2 else { throw .tooFewGroups(count: clusters.count, needed: 2) }
    var whole = clusters[0]
    for cluster in clusters.dropFirst() { whole.merge(cluster) }
    let columns = whole.response.count
    guard whole.rowCount > columns else {
      throw .tooFewSessions(arm: 0, count: whole.rowCount, needed: columns + 1)
    }
    guard let factor = Cholesky(whole.gram) else { throw .collinear }
    coefficients = factor.solve(whole.response)
    // XᵀX = KKᵀ, so that L = K⁻ᵀ: its rows are the solutions of Kz = eᵢ.
    var root = Matrix(rows: columns, columns: columns)
    for row in 0..<columns {
      var unit = Array(repeating: 0.0, count: columns)
      unit[row] = 1
      let solution = factor.solveLower(unit)
      for column in 0..<columns { root[row, column] = solution[column] }
    }
    self.root = root
    self.clusters = clusters.map { cluster in
      var cluster = cluster
      cluster.gram.mirrorLowerTriangle()
      return cluster
    }
    rowCount = whole.rowCount
  }

  /// A coefficient with its robust standard error.
  ///
  /// - Throws: `noVariation` if all residuals are zero, `overflow`.
  /// - Complexity: O(*Gp*³).
  public func coefficient(
    _ column: Int, correction: ClusterCorrection = .cr2
  ) throws(InferenceError) -> Coefficient {
    let parts = try parts(of: column, correction)
    let variance = scale(correction) * parts.sums.dot(parts.sums)
    guard variance.isFinite else { throw .overflow(arm: 0) }
    guard variance > 0, parts.degreesOfFreedom > 0 else { throw .noVariation }
    return Coefficient(
      estimate: coefficients[column], standardError: variance.squareRoot(),
      degreesOfFreedom: parts.degreesOfFreedom)
  }

  /// The coefficient of the arm as a contrast, beside the coefficient of the control's level.
  ///
  /// - Parameters:
  ///   - arm: The column that is 1 in the offer's rows and 0 in the control's.
  ///   - level: The column of ones.
  ///   - correction: How residuals are corrected.
  /// - Returns: The two coefficients, with their covariance.
  /// - Throws: `noVariation`, `overflow`.
  public func contrast(
    arm: Int, level: Int, correction: ClusterCorrection = .cr2
  ) throws(InferenceError) -> ArmContrast {
    let (difference, baseline) = (
      try parts(of: arm, correction), try parts(of: level, correction)
    )
    guard difference.degreesOfFreedom > 0 else { throw .noVariation }
    let scale = scale(correction)
    return try ArmContrast(
      difference: coefficients[arm], baseline: coefficients[level],
      differenceVariance: scale * difference.sums.dot(difference.sums),
      baselineVariance: scale * baseline.sums.dot(baseline.sums),
      covariance: scale * difference.sums.dot(baseline.sums),
      degreesOfFreedom: difference.degreesOfFreedom,
      estimator: .init(
        "cluster-robust, \(correction.rawValue.uppercased())",
        reference: "Bell and McCaffrey 2002"))
  }

  private func scale(_ correction: ClusterCorrection) -> Double {
    correction.scale(clusters: clusters.count, rows: rowCount, columns: coefficients.count)
  }

  /// Each cluster's part in a coefficient's error, `cᵀM X_gᵀA_g e_g`, and the degrees of freedom of
  /// their sum of squares.
  private func parts(
    of column: Int, _ correction: ClusterCorrection
  ) throws(InferenceError) -> (sums: [Double], degreesOfFreedom: Double) {
    let order = coefficients.count
    let transposed = root.transposed
    // Lᵀc, for c that picks the coefficient.
    let pick = (0..<order).map { root[column, $0] }
    var sums: [Double] = []
    var (trace, squaredTrace) = (0.0, 0.0)
    // Σ s_g s_gᵀ, with M_gh = q_g [g = h] − s_gᵀ s_h.
    var outer = Matrix(rows: order, columns: order)
    for cluster in clusters {
      guard
        let eigen = SymmetricEigen(
          transposed.multiplied(by: cluster.gram).multiplied(by: root))
      else { throw .overflow(arm: 0) }
      let fitted = cluster.gram.multiplied(by: coefficients)
      let score = transposed.multiplied(
        by: fitted.indices.map { cluster.response[$0] - fitted[$0] })
      let axes = eigen.vectors.transposed
      let (along, picked) = (axes.multiplied(by: score), axes.multiplied(by: pick))
      var (sum, own) = (0.0, 0.0)
      var shadow = Array(repeating: 0.0, count: order)
      for axis in 0..<order {
        let leverage = min(max(0, eigen.values[axis]), 1)
        let factor = correction.factor(leverage: leverage)
        sum += picked[axis] * factor * along[axis]
        own += leverage * factor * factor * picked[axis] * picked[axis]
        shadow[axis] = leverage * factor * picked[axis]
      }
      sums.append(sum)
      let s = eigen.vectors.multiplied(by: shadow)
      let square = s.dot(s)
      trace += own - square
      squaredTrace += own * own - 2 * own * square
      outer.addOuterProduct(s)
    }
    outer.mirrorLowerTriangle()
    squaredTrace += outer.elements.dot(outer.elements)
    return (sums, squaredTrace > 0 ? trace * trace / squaredTrace : 0)
  }
}
