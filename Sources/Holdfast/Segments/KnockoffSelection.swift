internal import LinearAlgebra
internal import Segments

/// The columns of a regression that say more of the outcome than copies of them that have nothing to say.
struct KnockoffSelection {
  /// The statistic `W` of each column but the intercept: positive where the column enters the path before
  /// its knockoff.
  let statistics: [Double]
  /// The columns selected, by their places without the intercept.
  let selected: [Int]
  /// How they were selected.
  let method: String

  /// - Parameters:
  ///   - x: The design without its intercept.
  ///   - response: The outcomes.
  ///   - rate: The rate of false discoveries.
  ///   - seed: The seed of the copies.
  /// - Throws: `singularInformation` where columns are collinear, and what a path throws.
  init(
    _ x: HorizontalMatrix, _ response: PenalizedResponse, rate: Double, seed: UInt64
  ) throws(FitError) {
    let width = x.columnCount
    var elements = Array(repeating: 0.0, count: x.rowCount * width)
    for column in 0..<width {
      let values = x.multiplied(by: (0..<width).map { $0 == column ? 1 : 0 })
      for row in values.indices { elements[row * width + column] = values[row] }
    }
    let knockoffs = try GaussianKnockoffs(
      DenseMatrix(rows: x.rowCount, columns: width, elements: elements), seed: seed)
    let path = try ElasticNet().fit(knockoffs.augmented, response)
    statistics = KnockoffFilter.entryStatistics(of: path)
    selected = KnockoffFilter.selected(statistics, rate: rate)
    method =
      "knockoff+ at a rate of false discoveries of \(Decimals.shortest(rate)), second-order Gaussian "
      + "copies; the statistic is positive where the column enters a lasso before its copy"
  }
}
