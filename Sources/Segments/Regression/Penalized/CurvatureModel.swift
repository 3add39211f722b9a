internal import LinearAlgebra

/// The curvature of a loss along a path of penalties: formed seldom, and corrected on the way.
///
///     H ← γH        H ← H − (Hs)(Hs)ᵀ / sᵀHs + yyᵀ / sᵀy
///
/// Forming `XᵀWX` costs as much as the slopes at *p*/4 points. Every pair of points `s` apart whose slopes
/// differ by `y` tells what the curvature between them is: the correction makes `Hs = y`, keeps `H`
/// positive definite as the loss is convex, and costs O(*p*²). In the directions that no step has taken, the
/// ratio `γ` of the mean curvatures of the rows, then and now, is the best that is known.
///
/// Reference: Nocedal and Wright (2006), *Numerical Optimization*, 2nd edition, equation 6.19.
struct CurvatureModel: Sendable {
  /// The matrix `H`, symmetric.
  private(set) var matrix: Matrix
  /// The mean curvature of a row that the matrix stands for.
  private var level: Double

  /// Starts from the curvature at a point.
  init(_ matrix: Matrix, level: Double) { (self.matrix, self.level) = (matrix, level) }

  /// Takes in the slopes of two points.
  ///
  /// A step in which rounding may have the greater part of the change is passed over.
  ///
  /// - Parameters:
  ///   - first: A point with its slopes.
  ///   - second: A later one.
  ///   - newLevel: The mean curvature of a row at the second point.
  mutating func correct(
    from first: (point: [Double], slopes: [Double]), to second: (point: [Double], slopes: [Double]),
    level newLevel: Double
  ) {
    let gamma = level > 0 && newLevel > 0 ? newLevel / level : 1
    let order = matrix.rowCount
    let s = first.point.indices.map { second.point[$0] - first.point[$0] }
    let y = first.slopes.indices.map { second.slopes[$0] - first.slopes[$0] }
    let image = product(s)
    var (model, actual) = (0.0, 0.0)
    for j in 0..<order {
      model += gamma * s[j] * image[j]
      actual += s[j] * y[j]
    }
    guard model > 1e-22, actual > 1e-3 * model, actual < 1e3 * model else { return }
    level *= gamma
    matrix.elements.withUnsafeMutableBufferPointer { h in
      for column in 0..<order {
        let (down, up) = (gamma * gamma * image[column] / model, y[column] / actual)
        for row in 0..<order {
          let place = column * order + row
          h[place] = gamma * h[place] + (up * y[row] - down * image[row])
        }
      }
    }
  }

  /// The product `Hs`, for points of which many elements are zero.
  func product(_ s: [Double]) -> [Double] {
    let order = matrix.rowCount
    var image = Array(repeating: 0.0, count: order)
    matrix.elements.withUnsafeBufferPointer { h in
      image.withUnsafeMutableBufferPointer { image in
        for column in 0..<order where s[column] != 0 {
          let factor = s[column]
          for row in 0..<order { image[row] += factor * h[column * order + row] }
        }
      }
    }
    return image
  }
}
