/// Counts and sums of rewards by arm, in each cell of two binned covariates.
///
/// One reading of the sessions fills it; every conjunction of a condition on the one covariate and
/// a condition on the other is then a sum over a rectangle of cells, found in four look-ups.
struct RewardTable {
  /// What is summed over the sessions of one arm.
  struct Sums {
    var count = 0.0
    var sum = 0.0
    var squares = 0.0

    static func + (a: Sums, b: Sums) -> Sums {
      Sums(count: a.count + b.count, sum: a.sum + b.sum, squares: a.squares + b.squares)
    }

    static func - (a: Sums, b: Sums) -> Sums {
      Sums(count: a.count - b.count, sum: a.sum - b.sum, squares: a.squares - b.squares)
    }

    var mean: Double { sum / count }
    /// The variance of the mean, `s² / n`.
    var varianceOfMean: Double { max(0, squares - sum * sum / count) / (count * (count - 1)) }
  }

  private let armCount: Int
  /// The number of bins of the first covariate.
  let rowBins: Int
  /// The number of bins of the second.
  let columnBins: Int
  /// The sums over all cells above and to the left, by row, column and arm.
  private var cumulated: [Sums]

  /// Fills the table; a row stands for as many sessions as it counts, or for one.
  ///
  /// - Complexity: O(*n* + cells × arms).
  init(
    _ first: BinnedCovariate, _ second: BinnedCovariate, arms: [Int32], armCount: Int,
    rewards: [Double], counts: [Double]? = nil
  ) {
    self.armCount = armCount
    rowBins = first.binCount
    columnBins = second.binCount
    cumulated = Array(
      repeating: Sums(), count: (first.binCount + 1) * (second.binCount + 1) * armCount)
    for row in arms.indices {
      let index = place(Int(first.bins[row]) + 1, Int(second.bins[row]) + 1, Int(arms[row]))
      let count = counts?[row] ?? 1
      cumulated[index].count += count
      cumulated[index].sum += count * rewards[row]
      cumulated[index].squares += count * rewards[row] * rewards[row]
    }
    for row in 1...rowBins {
      for column in 1...columnBins {
        for arm in 0..<armCount {
          let place = self.place(row, column, arm)
          cumulated[place] =
            cumulated[place] + cumulated[self.place(row - 1, column, arm)]
            + cumulated[self.place(row, column - 1, arm)]
            - cumulated[self.place(row - 1, column - 1, arm)]
        }
      }
    }
  }

  /// The sums of an arm over a rectangle of cells.
  func sums(_ rows: Range<Int>, _ columns: Range<Int>, arm: Int) -> Sums {
    cumulated[place(rows.upperBound, columns.upperBound, arm)]
      - cumulated[place(rows.lowerBound, columns.upperBound, arm)]
      - cumulated[place(rows.upperBound, columns.lowerBound, arm)]
      + cumulated[place(rows.lowerBound, columns.lowerBound, arm)]
  }

  private func place(_ row: Int, _ column: Int, _ arm: Int) -> Int {
    (row * (columnBins + 1) + column) * armCount + arm
  }
}
