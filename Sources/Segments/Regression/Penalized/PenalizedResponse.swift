#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a penalised regression is to explain: outcomes under a family, with offsets and case weights.
///
///     logistic         L(η) = Σᵢ ωᵢ (ln(1 + exp ηᵢ) − yᵢηᵢ)
///     least squares    L(η) = ½ Σᵢ ωᵢ (yᵢ − ηᵢ)²            ωᵢ = wᵢ / Σ w
///
/// The loss is a mean over sessions, as in glmnet, so that a penalty does not depend on their number.
public struct PenalizedResponse: Hashable, Sendable {
  /// The law of an outcome given its predictor.
  public enum Family: Hashable, Sendable {
    /// An outcome in 0...1 with log-odds `η`.
    case logistic
    /// A number of mean `η` and constant variance.
    case leastSquares
  }

  /// The law of the outcomes.
  public let family: Family
  /// The outcome `y` of each row.
  public let outcomes: [Double]
  /// A known part of the predictor, one element a row; nil for none.
  public let offset: [Double]?
  /// The share `ω` of each row in the sessions; they sum to one.
  let shares: [Double]
  /// Whether rows differ in their shares.
  private let isWeighted: Bool
  /// The number of sessions, `Σ w`.
  public let sessionCount: Double

  /// Creates the response of a logistic regression from its likelihood.
  ///
  /// - Throws: `tooFewRows` if no row has a weight.
  public init(_ likelihood: LogisticLikelihood) throws(FitError) {
    try self.init(
      .logistic, likelihood.outcomes, offset: likelihood.offset, weights: likelihood.weights)
  }

  /// Creates a response from its outcomes.
  ///
  /// - Throws: ``FitError`` if lengths differ, if an element is out of its range, or if no row has a
  ///   weight.
  public init(
    _ family: Family, _ outcomes: [Double], offset: [Double]? = nil, weights: [Double]? = nil
  ) throws(FitError) {
    let count = outcomes.count
    let isPossible: (Double) -> Bool =
      family == .logistic ? { (0...1).contains($0) } : { $0.isFinite }
    if let row = outcomes.firstIndex(where: { !isPossible($0) }) {
      throw .outcomeOutOfRange(row: row)
    }
    for values in [offset, weights] where (values?.count ?? count) != count {
      throw .lengthMismatch(rows: values?.count ?? count, outcomes: count)
    }
    if let row = offset?.firstIndex(where: { !$0.isFinite }) { throw .offsetNotFinite(row: row) }
    if let row = weights?.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .weightOutOfRange(row: row)
    }
    let total = weights?.reduce(0, +) ?? Double(count)
    guard total > 0 else { throw .tooFewRows(rows: 0, columns: 1) }
    (self.family, self.outcomes, self.offset) = (family, outcomes, offset)
    shares = weights?.map { $0 / total } ?? Array(repeating: 1 / total, count: count)
    (isWeighted, sessionCount) = (weights != nil, total)
  }

  /// The response in which only some of the rows count.
  ///
  /// - Throws: `tooFewRows` if none of them has a weight.
  func keeping(_ counts: (Int) -> Bool) throws(FitError) -> PenalizedResponse {
    try PenalizedResponse(
      family, outcomes, offset: offset,
      weights: shares.indices.map { counts($0) ? shares[$0] * sessionCount : 0 })
  }

  /// Twice the loss of a row above that of an exact fit, at its predictor without offset.
  func deviance(_ row: Int, at eta: Double) -> Double {
    let (y, eta) = (outcomes[row], eta + (offset?[row] ?? 0))
    guard family == .logistic else { return (y - eta) * (y - eta) }
    let saturated = y > 0 && y < 1 ? y * log(y) + (1 - y) * log1p(-y) : 0
    return 2 * (saturated + max(eta, 0) + log1p(exp(-abs(eta))) - y * eta)
  }

  /// Sums over rows.
  struct Sums: Sendable {
    /// The loss.
    var loss = 0.0
    /// The slopes `∂L/∂η`.
    var slope = 0.0
    /// The curvatures `∂²L/∂η²`.
    var curvature = 0.0
  }

  /// Replaces the predictor of a block of rows by the slopes `∂L/∂η` of the loss, and adds up.
  func replaceBySlopes(
    _ rows: Range<Int>, intercept: Double, _ predictor: inout MutableSpan<Double>,
    adding sums: inout Sums
  ) {
    switch family {
    case .logistic: logisticSlopes(rows, intercept, &predictor, &sums)
    case .leastSquares: squareSlopes(rows, intercept, &predictor, &sums)
    }
  }

  /// The slopes of the logistic loss.
  ///
  /// With `e = exp(−|η|)` nothing overflows. The factors `1 + e` are at most 2, so that 512 of them are
  /// multiplied before a logarithm is taken: one a block instead of one a row.
  private func logisticSlopes(
    _ rows: Range<Int>, _ intercept: Double, _ predictor: inout MutableSpan<Double>,
    _ sums: inout Sums
  ) {
    let first = rows.lowerBound
    var (linear, logarithms, product, slope, curvature) = (0.0, 0.0, 1.0, 0.0, 0.0)
    for index in 0..<rows.count {
      let eta = predictor[index] + intercept + (offset?[first + index] ?? 0)
      let (y, share) = (outcomes[first + index], shares[first + index])
      let e = exp(-abs(eta))
      let q = 1 / (1 + e)
      let mu = eta > 0 ? q : e * q
      predictor[index] = share * (mu - y)
      slope += predictor[index]
      curvature += share * (e * q * q)
      linear += share * (max(eta, 0) - y * eta)
      if isWeighted {
        logarithms += share * log1p(e)
      } else {
        product *= 1 + e
        if index & 511 == 511 {
          logarithms += share * log(product)
          product = 1
        }
      }
    }
    sums.loss += linear + logarithms + log(product) / Double(outcomes.count)
    sums.slope += slope
    sums.curvature += curvature
  }

  private func squareSlopes(
    _ rows: Range<Int>, _ intercept: Double, _ predictor: inout MutableSpan<Double>,
    _ sums: inout Sums
  ) {
    let first = rows.lowerBound
    for index in 0..<rows.count {
      let eta = predictor[index] + intercept + (offset?[first + index] ?? 0)
      let residual = eta - outcomes[first + index]
      predictor[index] = shares[first + index] * residual
      sums.loss += predictor[index] * residual / 2
      sums.slope += predictor[index]
      sums.curvature += shares[first + index]
    }
  }

  /// The curvature `∂²L/∂η²` of a row's loss at its predictor without offset.
  func curvature(_ row: Int, at eta: Double) -> Double {
    guard family == .logistic else { return shares[row] }
    let e = exp(-abs(eta + (offset?[row] ?? 0)))
    let q = 1 / (1 + e)
    return shares[row] * (e * q * q)
  }

  /// The loss of a model that fits every outcome exactly.
  var saturatedLoss: Double {
    guard family == .logistic else { return 0 }
    return outcomes.indices.reduce(0.0) { sum, row in
      let y = outcomes[row]
      guard y > 0, y < 1 else { return sum }
      return sum - shares[row] * (y * log(y) + (1 - y) * log1p(-y))
    }
  }

  /// A constant predictor to start from: the fit without offsets.
  var startingIntercept: Double {
    let mean = outcomes.indices.reduce(0.0) { $0 + shares[$1] * outcomes[$1] }
    guard family == .logistic else { return mean }
    let inside = min(max(mean, 1e-6), 1 - 1e-6)
    return log(inside) - log1p(-inside)
  }

  /// The root mean square of an outcome about its mean, the unit of a score per standard deviation.
  var deviation: Double {
    let mean = outcomes.indices.reduce(0.0) { $0 + shares[$1] * outcomes[$1] }
    return outcomes.indices.reduce(0.0) {
      $0 + shares[$1] * (outcomes[$1] - mean) * (outcomes[$1] - mean)
    }.squareRoot()
  }
}
