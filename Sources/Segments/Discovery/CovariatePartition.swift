/// The cells of sessions that agree in some covariates, numbered as they first appear.
struct CovariatePartition {
  /// The cell of each session.
  let cells: [Int]
  /// The number of cells.
  let count: Int

  /// - Complexity: O(*nk*).
  init(_ covariates: [Covariate], sessions: Int) {
    var partition = Partition(count: sessions)
    partition.refine(by: covariates)
    cells = partition.cells
    count = (cells.max() ?? -1) + 1
  }

  /// The mean of some numbers in the cell of each session asked about, taken over other sessions;
  /// their overall mean where none lies in the cell.
  func means(of numbers: [Double], over training: [Int], at rows: [Int]) -> [Double] {
    var (counts, sums) = (Array(repeating: 0.0, count: count), Array(repeating: 0.0, count: count))
    for row in training {
      counts[cells[row]] += 1
      sums[cells[row]] += numbers[row]
    }
    let overall = sums.reduce(0, +) / Double(training.count)
    return rows.map { counts[cells[$0]] > 0 ? sums[cells[$0]] / counts[cells[$0]] : overall }
  }
}
