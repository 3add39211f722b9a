internal import LinearAlgebra

/// A standardised design read in coordinates in which each group of columns is orthonormal.
///
///     b_g = T_g θ_g        T_gᵀ (X̃_gᵀ Ω X̃_g) T_g = I
///
/// `Ω` are the shares of the rows, and `T` the inverse of the transposed Cholesky factor of a group's Gram
/// matrix. A column that earlier ones of its group make up has a row and a column of zeros in `T`: what the
/// group can say is said without it. Without transforms the coordinates are the coefficients `b` themselves.
struct GroupedDesign<Design: DesignMatrix>: Sendable {
  /// The columns.
  let design: StandardizedDesign<Design>
  /// The columns of each group, ascending.
  let groups: [[Int]]
  /// The matrices `T`, one a group; nil to leave the coordinates as they are.
  let transforms: [Matrix]?

  /// The coefficients `b` of a point, with the intercept last.
  func coefficients(_ theta: [Double]) -> [Double] {
    guard let transforms else { return theta }
    var b = theta
    for (group, transform) in zip(groups, transforms) {
      let own = group.map { theta[$0] }
      guard own.contains(where: { $0 != 0 }) else { continue }
      for (place, value) in zip(group, transform.multiplied(by: own)) { b[place] = value }
    }
    return b
  }

  /// The slopes by `θ` from those by `b`.
  private func slopes(_ g: [Double]) -> [Double] {
    guard let transforms else { return g }
    var slopes = g
    for (group, transform) in zip(groups, transforms) {
      for (column, j) in group.enumerated() {
        slopes[j] = group.indices.prefix(column + 1).reduce(0.0) {
          $0 + transform[$1, column] * g[group[$1]]
        }
      }
    }
    return slopes
  }

  /// The loss and its slopes at several points, in one reading of the rows.
  func evaluate(
    _ response: PenalizedResponse, at points: [[Double]]
  ) -> [StandardizedDesign<Design>.Evaluation] {
    var evaluations = design.evaluate(response, at: points.map(coefficients))
    for place in evaluations.indices {
      evaluations[place].slopes = slopes(evaluations[place].slopes)
    }
    return evaluations
  }

  /// The second derivatives of the loss at a point, of the order of a point.
  ///
  /// - Complexity: O(*n p*² + *p*² *m*) for dense columns in groups of *m*.
  func curvature(_ response: PenalizedResponse, at theta: [Double]) -> Matrix {
    var h = design.curvature(response, at: coefficients(theta))
    guard transforms != nil else { return h }
    // TᵀHT: the rows of each column first, and then, as H is symmetric, the same across.
    for _ in 0..<2 {
      var turned = h
      for column in 0..<h.columnCount {
        let own = slopes((0..<h.rowCount).map { h[$0, column] })
        for (row, value) in own.enumerated() { turned[column, row] = value }
      }
      h = turned
    }
    return h
  }

  /// The design of some of the groups, which ascend; nil if it cannot be taken apart.
  func selecting(_ chosen: [Int]) -> GroupedDesign? {
    let columns = chosen.flatMap { groups[$0] }.sorted()
    guard let part = design.selecting(columns) else { return nil }
    var places = Array(repeating: 0, count: design.count)
    for (place, column) in columns.enumerated() { places[column] = place }
    return GroupedDesign(
      design: part, groups: chosen.map { groups[$0].map { places[$0] } },
      transforms: transforms.map { all in chosen.map { all[$0] } })
  }
}

extension GroupedDesign {
  /// Finds the coordinates in which groups are orthonormal.
  ///
  /// - Parameters:
  ///   - design: The columns.
  ///   - groups: The columns of each group, ascending.
  ///   - isConstant: Whether each column leaves nothing but rounding once it is centred.
  ///   - response: The outcomes, for the shares of the rows.
  /// - Throws: ``FitError`` as a response does.
  /// - Complexity: O(*n m*² + *m*³) for each group of *m* dense columns; O(*n p*²) in all for a design that
  ///   cannot be taken apart.
  init(
    orthonormalizing design: StandardizedDesign<Design>, groups: [[Int]], isConstant: [Bool],
    _ response: PenalizedResponse
  ) throws(FitError) {
    let squares = try PenalizedResponse(
      .leastSquares, response.outcomes, weights: response.shares)
    var whole: Matrix?
    var transforms: [Matrix] = []
    for group in groups {
      var gram = Matrix(rows: group.count, columns: group.count)
      let part = design.selecting(group)
      let own: Matrix
      if let part {
        own = part.curvature(squares, at: Array(repeating: 0, count: group.count + 1))
      } else {
        own = whole ?? design.curvature(squares, at: Array(repeating: 0, count: design.count + 1))
        whole = own
      }
      for (column, j) in group.enumerated() {
        for (row, i) in group.enumerated() where !isConstant[i] && !isConstant[j] {
          gram[row, column] = part == nil ? own[i, j] : own[row, column]
        }
      }
      transforms.append(Self.transform(of: gram))
    }
    self.init(design: design, groups: groups, transforms: transforms)
  }

  /// The upper triangular `T` with `TᵀGT = I`, column by column by Gram and Schmidt in the metric of `G`,
  /// twice for the sake of rounding.
  private static func transform(of gram: Matrix) -> Matrix {
    let order = gram.columnCount
    var transform = Matrix(rows: order, columns: order)
    for column in 0..<order where gram[column, column] > 0 {
      var own = Array(repeating: 0.0, count: order)
      own[column] = 1
      for _ in 0..<2 {
        let image = gram.multiplied(by: own)
        for earlier in 0..<column {
          let t = (0...earlier).map { transform[$0, earlier] }
          let part = t.indices.reduce(0.0) { $0 + t[$1] * image[$1] }
          for row in t.indices { own[row] -= part * t[row] }
        }
      }
      let length = gram.quadraticForm(own)
      guard length > 1e-12 * gram[column, column] else { continue }
      for row in 0...column { transform[row, column] = own[row] / length.squareRoot() }
    }
    return transform
  }
}
