/// The linear function of some covariates that is closest to the effect.
///
///     (a, b) = argmin E[(τ(x) − a − bᵀx)²]        by least squares of the contrast scores on x
///
/// It describes how the effect varies without believing that it is linear; errors are HC3, or by
/// customer.
///
/// References: Semenova and Chernozhukov (2021), *The Econometrics Journal* 24, 264–289; grf's
/// `best_linear_projection`.
public struct BestLinearProjection: Hashable, Sendable {
  /// One coefficient.
  public struct Term: Hashable, Sendable {
    /// What it multiplies, in words: `intercept`, a number's name, or `plan is annual`.
    public let name: String
    /// The coefficient.
    public let coefficient: Double
    /// Its test against zero; nil if it has no error.
    public let test: WaldTest?
  }

  /// The coefficients, the intercept first.
  public let terms: [Term]

  /// Projects the effect of an arm against a baseline.
  ///
  /// - Parameters:
  ///   - contrast: The contrast score of each session; see ``ActionScores/contrast(_:_:)``.
  ///   - covariates: Numbers in their own units, zero where missing beside an indicator; a category
  ///     has an indicator for each level in use but the first.
  ///   - units: A stable hash of each session's customer.
  /// - Throws: `lengthMismatch`, or `regression` if columns are collinear or too many.
  /// - Complexity: O(*np*²).
  public init(
    contrast: [Double], on covariates: [Covariate], units: [UInt64]
  ) throws(SegmentError) {
    var (names, columns) = (["intercept"], [contrast.map { _ in 1.0 }])
    for covariate in covariates {
      guard covariate.count == contrast.count else {
        throw .lengthMismatch(
          column: covariate.name, count: covariate.count, sessions: contrast.count)
      }
      for (name, column) in Self.columns(of: covariate) {
        names.append(name)
        columns.append(column)
      }
    }
    guard units.count == contrast.count else {
      throw .lengthMismatch(column: "customer", count: units.count, sessions: contrast.count)
    }
    let fit = try RobustLeastSquares(columns: columns, contrast, CustomerIndex(units))
    terms = names.indices.map {
      Term(name: names[$0], coefficient: fit.coefficients[$0], test: fit.test($0))
    }
  }

  private static func columns(of covariate: Covariate) -> [(String, [Double])] {
    let name = covariate.name
    switch covariate.column {
    case .number(let values, let isPresent):
      let numbers = (name, values.indices.map { isPresent[$0] ? values[$0] : 0 })
      guard isPresent.contains(false) else { return [numbers] }
      return [numbers, ("\(name) is missing", isPresent.map { $0 ? 0.0 : 1 })]
    case .category(let codes, let levels):
      let used = Set(codes)
      let places = (0..<Int32(levels.count)).filter(used.contains) + (used.contains(-1) ? [-1] : [])
      return places.dropFirst().map { place in
        (
          place < 0 ? "\(name) is missing" : "\(name) is \(levels[Int(place)])",
          codes.map { $0 == place ? 1.0 : 0 }
        )
      }
    }
  }
}
