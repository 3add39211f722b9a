internal import LinearAlgebra

/// Minimises a quadratic model of a loss plus a penalty on groups, one group at a time.
///
///     min over θ of   gᵀ(θ − θ̄) + ½ (θ − θ̄)ᵀ H (θ − θ̄) + λ Σ_g w_g ‖θ_g‖
///
///     θ_g ← (1 − λw_g / ‖u‖)₊ u / h_g        u = h_g θ_g − g_g
///
/// `h_g` bounds the eigenvalues of the group's block of `H`, by its rows or by its Frobenius norm, so that a
/// move never raises the model; in orthonormal coordinates of a linear model the move is the minimum.
/// Groups that are zero are left out until those that are not have settled.
///
/// References: Yuan and Lin (2006), *Journal of the Royal Statistical Society B* 68, 49–67, equation 2.4;
/// Yang and Zou (2015), *Statistics and Computing* 25, 1129–1141 (the bound).
struct GroupDescent: Sendable {
  /// The groups and their weights.
  let penalty: GroupPenalty
  /// The penalty `λ`.
  let lambda: Double
  /// The sweeps after which to stop.
  private static let sweepLimit = 1_000

  /// Finds the minimum.
  ///
  /// - Parameters:
  ///   - model: The curvature `H`.
  ///   - center: The point `θ̄`.
  ///   - slopes: The slopes `g` of the loss there.
  ///   - tolerance: The change of a group, in units of slope, that counts as none.
  /// - Returns: The minimum.
  func minimize(
    _ model: CurvatureModel, center: [Double], slopes: [Double], tolerance: Double
  ) -> [Double] {
    let blocks = penalty.groups + [[center.count - 1]]
    let bounds = blocks.map { Self.bound(model.matrix, $0) }
    var (theta, g) = (center, slopes)
    var sweeps = 0
    func sweep(_ places: [Int]) -> Double {
      sweeps += 1
      return places.reduce(0.0) {
        max($0, move(blocks[$1], place: $1, bound: bounds[$1], model.matrix, &theta, &g))
      }
    }
    while sweeps < Self.sweepLimit, sweep(Array(blocks.indices)) > tolerance {
      let active = blocks.indices.filter { place in
        place == blocks.count - 1 || blocks[place].contains { theta[$0] != 0 }
      }
      while sweeps < Self.sweepLimit, sweep(active) > tolerance {}
    }
    return theta
  }

  /// Moves a group to the minimum of its bound.
  ///
  /// - Returns: The length of the change, in units of slope.
  private func move(
    _ block: [Int], place: Int, bound: Double, _ matrix: Matrix, _ theta: inout [Double],
    _ g: inout [Double]
  ) -> Double {
    guard bound > 0 else { return 0 }
    let a = place < penalty.weights.count ? lambda * penalty.weights[place] : 0
    let pull = block.map { bound * theta[$0] - g[$0] }
    let length = pull.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    let shrinkage = length > a ? (1 - a / length) / bound : 0
    let order = theta.count
    var square = 0.0
    matrix.elements.withUnsafeBufferPointer { h in
      g.withUnsafeMutableBufferPointer { g in
        for (index, j) in block.enumerated() {
          let change = shrinkage * pull[index] - theta[j]
          guard change != 0 else { continue }
          theta[j] = shrinkage * pull[index]
          square += change * change
          for row in 0..<order { g[row] += change * h[j * order + row] }
        }
      }
    }
    return bound * square.squareRoot()
  }

  /// A bound on the eigenvalues of a block.
  private static func bound(_ matrix: Matrix, _ block: [Int]) -> Double {
    var (greatest, squares) = (0.0, 0.0)
    for j in block {
      var row = 0.0
      for i in block {
        row += abs(matrix[i, j])
        squares += matrix[i, j] * matrix[i, j]
      }
      greatest = max(greatest, row)
    }
    return min(greatest, squares.squareRoot())
  }
}
