public import LinearAlgebra

/// The selection of columns that beat their own knockoffs, with a bound on the false discovery rate.
///
///     τ = min{t > 0 : (o + #{j : Wⱼ ≤ −t}) / max(1, #{j : Wⱼ ≥ t}) ≤ q}        Ŝ = {j : Wⱼ ≥ τ}
///
/// `Wⱼ` is positive where column `j` says more than its knockoff, and for a column without effect either sign
/// is as likely. With `o = 1` (knockoff+) the expected share of false discoveries is at most `q`; with
/// `o = 0` the share is that of a count with `1/q` added to the discoveries.
///
/// Reference: Barber and Candès (2015), *Annals of Statistics* 43, 2055–2085, equations 1.8 and 1.9.
public enum KnockoffFilter {
  /// The threshold `τ`, infinite if no column can be selected.
  ///
  /// - Parameters:
  ///   - statistics: The statistics `W`, finite.
  ///   - rate: The rate `q`.
  ///   - offset: The offset `o`: 1 for knockoff+, 0 for knockoff.
  /// - Returns: The threshold.
  public static func threshold(_ statistics: [Double], rate: Double, offset: Int = 1) -> Double {
    precondition(rate > 0 && rate < 1, "a rate lies between 0 and 1")
    precondition(offset == 0 || offset == 1, "an offset is 0 or 1")
    precondition(statistics.allSatisfy(\.isFinite), "statistics are finite")
    return Set(statistics.map(abs)).sorted().first { t in
      let (below, above) = (statistics.count { $0 <= -t }, statistics.count { $0 >= t })
      return t > 0 && Double(offset + below) <= rate * Double(max(1, above))
    } ?? .infinity
  }

  /// The columns selected.
  public static func selected(_ statistics: [Double], rate: Double, offset: Int = 1) -> [Int] {
    let threshold = threshold(statistics, rate: rate, offset: offset)
    return statistics.indices.filter { statistics[$0] >= threshold }
  }

  /// The statistics `W = max(Z, Z̃) · sign(Z − Z̃)`, where `Z` is the greatest penalty of a path at which a
  /// column has a coefficient, and zero if it never has.
  ///
  /// - Parameter path: A path over the columns, and after all of them their knockoffs.
  /// - Returns: One statistic a column.
  public static func entryStatistics(of path: ElasticNetPath) -> [Double] {
    let count = path.fits.first.map { $0.coefficients.count / 2 } ?? 0
    var entries = Array(repeating: 0.0, count: 2 * count)
    for fit in path.fits {
      for column in fit.support where entries[column] == 0 { entries[column] = fit.lambda }
    }
    return (0..<count).map { j in
      let (own, other) = (entries[j], entries[count + j])
      return own > other ? own : own < other ? -other : 0
    }
  }
  /// The statistics `Wⱼ = |x̃ⱼᵀ(y − ȳ)| − |x̃ⱼ₊ₚᵀ(y − ȳ)|`, with every column centred and of variance 1.
  ///
  /// They cost one reading of the rows; those of a path see further where columns are correlated.
  ///
  /// - Parameters:
  ///   - augmented: The columns, all of which vary, and after all of them their knockoffs.
  ///   - outcomes: The outcome of each row, finite.
  /// - Returns: One statistic a column.
  public static func marginalStatistics(
    of augmented: DenseMatrix, _ outcomes: [Double]
  ) -> [Double] {
    precondition(outcomes.count == augmented.rowCount, "one outcome belongs to each row")
    let count = augmented.columnCount / 2
    let mean = outcomes.reduce(0, +) / Double(max(outcomes.count, 1))
    let moments = augmented.columnMoments(weights: Array(repeating: 1, count: outcomes.count))
    let centred = outcomes.map { $0 - mean }
    let (products, sum) = (augmented.transposeMultiplied(by: centred), centred.reduce(0, +))
    let sizes = products.indices.map {
      abs(products[$0] - moments.means[$0] * sum) / moments.deviations[$0]
    }
    return (0..<count).map { sizes[$0] - sizes[count + $0] }
  }
}
