internal import LinearAlgebra

/// The columns that covariates lend to a regression.
///
/// An intercept; indicators of every level of a category but the first, what is missing being one
/// more level; numbers less their mean over their standard deviation, zero where missing, beside
/// an indicator that says so. The units are those of the log that the features were made for, so
/// that a fit on some of its sessions applies to the others.
struct CovariateFeatures {
  /// The mean and standard deviation of each covariate that is a number.
  private let units: [(mean: Double, deviation: Double)]

  init(_ data: SegmentData) {
    units = data.covariates.map { covariate in
      guard case .number(let values, let isPresent) = covariate.column else { return (0, 1) }
      var (count, sum) = (0.0, 0.0)
      for row in values.indices where isPresent[row] {
        count += 1
        sum += values[row]
      }
      guard count > 1 else { return (0, 1) }
      let mean = sum / count
      let squares = values.indices.reduce(0.0) {
        $0 + (isPresent[$1] ? (values[$1] - mean) * (values[$1] - mean) : 0)
      }
      let deviation = (squares / (count - 1)).squareRoot()
      return (mean, deviation > 0 && deviation.isFinite ? deviation : 1)
    }
  }

  /// The design of some sessions.
  ///
  /// - Parameters:
  ///   - data: The log that the features were made for.
  ///   - rows: The sessions.
  /// - Returns: The design, one row a session.
  /// - Complexity: O(*mk*) for *m* sessions and *k* covariates.
  func matrix(_ data: SegmentData, _ rows: [Int]) -> HorizontalMatrix {
    HorizontalMatrix(parts(data, rows))
  }

  /// The designs of the features, side by side in ``matrix(_:_:)``.
  ///
  /// - Parameters:
  ///   - data: The log that the features were made for.
  ///   - rows: The sessions.
  ///   - isOn: Where false, a row of zeros: the features times an indicator. Nil for no zeros.
  /// - Returns: One design a kind of storage, each with one row a session.
  /// - Complexity: O(*mk*) for *m* sessions and *k* covariates.
  func parts(
    _ data: SegmentData, _ rows: [Int], where isOn: [Bool]? = nil
  ) -> [HorizontalMatrix.Part] {
    func indicators(_ levelCount: Int, reference: Int? = 0, _ code: (Int) -> Int32)
      -> HorizontalMatrix.Part
    {
      let all = CategoricalMatrix(
        codes: rows.indices.map { isOn?[$0] ?? true ? code(rows[$0]) : -1 },
        levelCount: levelCount, reference: reference)
      return .categorical(all)
    }
    var parts = [indicators(1, reference: nil) { _ in 0 }]
    var numbers: [[Double]] = []
    for (covariate, unit) in zip(data.covariates, units) {
      switch covariate.column {
      case .category(let codes, let levels):
        let missing = Int32(levels.count)
        parts.append(indicators(levels.count + 1) { codes[$0] < 0 ? missing : codes[$0] })
      case .number(let values, let isPresent):
        numbers.append(
          rows.indices.map { index in
            let row = rows[index]
            guard isPresent[row], isOn?[index] ?? true else { return 0 }
            return (values[row] - unit.mean) / unit.deviation
          })
        if isPresent.contains(false) {
          parts.append(indicators(2) { isPresent[$0] ? 0 : 1 })
        }
      }
    }
    if !numbers.isEmpty { parts.append(.dense(DenseMatrix(columns: numbers))) }
    return parts
  }
}
