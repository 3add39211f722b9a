internal import CKernels
public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The log-likelihood of outcomes under a logistic model, as a function of the coefficients.
///
///     ℓ(β) = Σᵢ wᵢ (yᵢηᵢ − ln(1 + exp ηᵢ))        η = Xβ + offset
///
/// A row of weight `w` stands for `w` sessions with this very outcome, so sessions may be counted
/// into distinct cells first, one row a cell and outcome. An outcome strictly between 0 and 1 is a
/// rate, or a bounded reward; then this is the quasi-likelihood with the same score.
public struct LogisticLikelihood: Hashable, Sendable {
  /// The outcome `y` of each row, in 0...1.
  public let outcomes: [Double]
  /// A known part of the linear predictor, one element a row; nil for none.
  public let offset: [Double]?
  /// The number of sessions each row stands for; nil for one each.
  public let weights: [Double]?
  /// The number of sessions, `Σ wᵢ`.
  public let sessionCount: Double

  /// Creates the likelihood of some outcomes.
  ///
  /// - Throws: ``FitError`` if lengths differ, or if an element is out of its range.
  public init(
    _ outcomes: [Double], offset: [Double]? = nil, weights: [Double]? = nil
  ) throws(FitError) {
    let count = outcomes.count
    if let row = outcomes.firstIndex(where: { !(0...1).contains($0) }) {
      throw .outcomeOutOfRange(row: row)
    }
    if let offset {
      guard offset.count == count else {
        throw .lengthMismatch(rows: offset.count, outcomes: count)
      }
      if let row = offset.firstIndex(where: { !$0.isFinite }) { throw .offsetNotFinite(row: row) }
    }
    if let weights {
      guard weights.count == count else {
        throw .lengthMismatch(rows: weights.count, outcomes: count)
      }
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .weightOutOfRange(row: row)
      }
    }
    (self.outcomes, self.offset, self.weights) = (outcomes, offset, weights)
    sessionCount = weights?.reduce(0, +) ?? Double(count)
  }

  /// The log-likelihood with its first two derivatives.
  public struct Derivatives: Hashable, Sendable {
    /// The log-likelihood `ℓ`, in nats.
    public var value: Double
    /// The score `∂ℓ/∂β = Xᵀ(w ∘ (y − μ))`.
    public var score: [Double]
    /// The information `−∂²ℓ/∂β² = Xᵀ diag(w μ (1 − μ)) X`.
    public var information: Matrix
  }

  /// The log-likelihood with its first derivative alone.
  public struct Slope: Hashable, Sendable {
    /// The log-likelihood `ℓ`, in nats.
    public var value: Double
    /// The score `∂ℓ/∂β = Xᵀ(w ∘ (y − μ))`.
    public var score: [Double]
  }

  /// The log-likelihood and its derivatives at a point, in one reading of the rows.
  ///
  /// - Parameters:
  ///   - x: The design, one row an outcome.
  ///   - coefficients: The point `β`.
  ///   - stride: Reads only every `stride`-th block of rows.
  ///   - threads: The number of threads; any number gives the same bits.
  /// - Returns: The value and derivatives over the rows read.
  /// - Complexity: O(*n p*²) for *n* rows and *p* dense columns.
  public func derivatives(
    of x: some DesignMatrix, at coefficients: [Double], stride: Int = 1, threads: Int = 1
  ) -> Derivatives {
    let sums = x.newtonSums(at: coefficients, stride: stride, threads: threads, model: evaluate)
    return Derivatives(
      value: sums.value, score: sums.score,
      information: sums.information ?? Matrix(rows: 0, columns: 0))
  }

  /// The log-likelihood and its score at a point, in one reading of the rows.
  ///
  /// - Complexity: O(*n p*) for *n* rows and *p* dense columns.
  public func slope(
    of x: some DesignMatrix, at coefficients: [Double], stride: Int = 1, threads: Int = 1
  ) -> Slope {
    let sums = x.newtonSums(
      at: coefficients, stride: stride, threads: threads, formingInformation: false, model: evaluate
    )
    return Slope(value: sums.value, score: sums.score)
  }

  /// The weighted residuals `w (y − μ)`, one a row: the rows' scores along their own features.
  public func residuals(of x: some DesignMatrix, at coefficients: [Double]) -> [Double] {
    let predictor = x.multiplied(by: coefficients)
    var (weights, residuals) = (predictor, predictor)
    var w = weights.mutableSpan
    var r = residuals.mutableSpan
    _ = evaluate(0..<outcomes.count, predictor.span, &w, &r)
    return residuals
  }

  /// The deviance `2(ℓ̂ − ℓ)` of a log-likelihood below that of the saturated model.
  public func deviance(of logLikelihood: Double) -> Double {
    let saturated = outcomes.indices.reduce(0.0) { sum, row in
      let y = outcomes[row]
      guard y > 0, y < 1 else { return sum }
      return sum + (weights?[row] ?? 1) * (y * log(y) + (1 - y) * log1p(-y))
    }
    return 2 * (saturated - logLikelihood)
  }

  /// Turns the predictor of a block of rows into weights and residuals.
  ///
  /// - Returns: The log-likelihood of the block.
  @Sendable
  private func evaluate(
    _ rows: Range<Int>, _ predictor: Span<Double>, _ weights: inout MutableSpan<Double>,
    _ residuals: inout MutableSpan<Double>
  ) -> Double {
    precondition(rows.upperBound <= outcomes.count, "a row has an outcome")
    precondition(min(predictor.count, weights.count, residuals.count) >= rows.count)
    return predictor.withUnsafeBufferPointer { eta in
      weights.withUnsafeMutableBufferPointer { w in
        residuals.withUnsafeMutableBufferPointer { r in
          outcomes.withUnsafeBufferPointer { y in
            Self.withRows(rows, of: offset) { offset in
              Self.withRows(rows, of: self.weights) { counts in
                guard let eta = eta.baseAddress, let w = w.baseAddress, let r = r.baseAddress,
                  let y = y.baseAddress
                else { return 0 }
                return holdfast_logistic_rows(
                  rows.count, eta, offset, y + rows.lowerBound, counts, w, r)
              }
            }
          }
        }
      }
    }
  }

  /// Calls a body with the address of the first of some rows of a column, or with nil if there is none.
  private static func withRows(
    _ rows: Range<Int>, of column: [Double]?, _ body: (UnsafePointer<Double>?) -> Double
  ) -> Double {
    guard let column else { return body(nil) }
    return column.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + rows.lowerBound }) }
  }
}
