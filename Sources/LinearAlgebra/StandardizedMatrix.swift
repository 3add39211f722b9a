/// A design whose columns are shifted and scaled, without a number of it being changed.
///
///     X̃ = (X − 1mᵀ) D⁻¹        X̃b = X(D⁻¹b) − mᵀD⁻¹b        X̃ᵀr = D⁻¹(Xᵀr − m Σr)
///     X̃ᵀWX̃ = D⁻¹(XᵀWX − m(Xᵀw)ᵀ − (Xᵀw)mᵀ + Σw · mmᵀ)D⁻¹
///
/// Categories stay codes, and zeros stay where they are. Where a center is large against the spread of
/// its column the corrections cancel digits, as many as the quotient of both has.
///
/// Reference: the standardised matrix of tabmat (Quantco).
public struct StandardizedMatrix<Base: DesignMatrix>: DesignMatrix {
  /// The design as it was.
  public let base: Base
  /// What is taken from each column, `m`.
  public let centers: [Double]
  /// What each column is then divided by, `D`.
  public let scales: [Double]

  public var rowCount: Int { base.rowCount }
  public var columnCount: Int { base.columnCount }

  /// Shifts and scales each column of a design.
  public init(_ base: Base, centers: [Double], scales: [Double]) {
    precondition(
      centers.count == base.columnCount && scales.count == base.columnCount,
      "each column has a center and a scale")
    precondition(scales.allSatisfy { $0 > 0 && $0.isFinite }, "a scale is positive")
    (self.base, self.centers, self.scales) = (base, centers, scales)
  }

  /// Centers columns at their means and scales them by their standard deviations, over weights if given.
  ///
  /// The deviations are those of the weighted rows themselves, with denominator `Σw`. A column that does not
  /// vary is left as it is, so that an intercept stays one.
  ///
  /// - Complexity: O(*n p*²), one Gram matrix.
  public init(standardizing base: Base, weights: [Double]? = nil) {
    let weights = weights ?? Array(repeating: 1, count: base.rowCount)
    let total = weights.reduce(0, +)
    let sums = base.transposeMultiplied(by: weights)
    var (centers, scales) = (
      Array(repeating: 0.0, count: base.columnCount), Array(repeating: 1.0, count: base.columnCount)
    )
    let means = sums.map { total > 0 ? $0 / total : 0 }
    let centered = StandardizedMatrix(base, centers: means, scales: scales)
    let squares = centered.weightedGram(weights)
    for column in means.indices {
      let variance = total > 0 ? squares[column, column] / total : 0
      let scale = max(abs(means[column]), variance.squareRoot())
      if variance > 1e-14 * scale * scale {
        (centers[column], scales[column]) = (means[column], variance.squareRoot())
      }
    }
    self.init(base, centers: centers, scales: scales)
  }

  /// The coefficients of the design as it was that give the same predictor, and what they lack to it:
  /// `b = D⁻¹b̃` and the constant `−mᵀb`.
  public func unstandardized(_ coefficients: [Double]) -> (coefficients: [Double], constant: Double)
  {
    let own = coefficients.indices.map { coefficients[$0] / scales[$0] }
    return (own, -own.indices.reduce(0.0) { $0 + centers[$1] * own[$1] })
  }

  public func multiply(
    _ rows: Range<Int>, by coefficients: [Double], into predictor: inout MutableSpan<Double>
  ) {
    let (own, constant) = unstandardized(coefficients)
    base.multiply(rows, by: own, into: &predictor)
    for index in 0..<rows.count { predictor[index] += constant }
  }

  public func addTransposeProduct(
    _ rows: Range<Int>, by residuals: Span<Double>, to sum: inout [Double]
  ) {
    var own = Array(repeating: 0.0, count: columnCount)
    base.addTransposeProduct(rows, by: residuals, to: &own)
    let total = Self.total(residuals, rows.count)
    for column in own.indices {
      sum[column] += (own[column] - centers[column] * total) / scales[column]
    }
  }

  public func addWeightedGram(_ rows: Range<Int>, weights: Span<Double>, to gram: inout Matrix) {
    var sums = Array(repeating: 0.0, count: columnCount)
    base.addTransposeProduct(rows, by: weights, to: &sums)
    var own = Matrix(rows: columnCount, columns: columnCount)
    base.addWeightedGram(rows, weights: weights, to: &own)
    let total = Self.total(weights, rows.count)
    for column in 0..<columnCount {
      for row in column..<columnCount {
        let (here, there) = (centers[row], centers[column])
        let moved =
          own[row, column] - here * sums[column] - there * sums[row] + here * there * total
        gram[row, column] += moved / (scales[row] * scales[column])
      }
    }
  }

  private static func total(_ numbers: Span<Double>, _ count: Int) -> Double {
    var total = 0.0
    for index in 0..<count { total += numbers[index] }
    return total
  }
}
