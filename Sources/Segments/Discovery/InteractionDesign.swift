internal import LinearAlgebra

/// The design of a logistic regression on arms, covariates and their products.
///
/// Categories stay codes, and so do their products with the arms. The first level in use is the
/// reference; a missing value is a level of its own, and a missing number is zero beside an
/// indicator that says so. Columns that no session fills are left out.
struct InteractionDesign {
  /// What each coefficient multiplies, in words.
  private(set) var terms: [String] = []
  private var parts: [HorizontalMatrix.Part] = []
  private let arm: (matrix: CategoricalMatrix, names: [String])

  /// The design as built so far.
  var matrix: HorizontalMatrix { HorizontalMatrix(parts) }

  /// An intercept and the arms.
  init(_ data: SegmentData, baseline: Int) {
    let indicators = CategoricalMatrix(
      codes: data.arms, levelCount: data.armNames.count, reference: baseline)
    let others = data.armNames.indices.filter { $0 != baseline }.map { data.armNames[$0] }
    let (matrix, columns) = indicators.droppingEmptyColumns()
    arm = (matrix, columns.map { others[$0] })
    terms = ["intercept"] + arm.names
    parts = [.categorical(.intercept(rows: data.arms.count)), .categorical(matrix)]
  }

  /// Adds the columns of a covariate.
  mutating func addMainEffect(of covariate: Covariate) {
    switch covariate.column {
    case .category(let codes, let levels):
      add(Self.indicators(covariate.name, codes, levels))
    case .number(let values, let isPresent):
      add(covariate.name, Self.filled(values, isPresent))
      add(Self.missing(covariate.name, isPresent))
    }
  }

  /// Adds the products of the columns of a covariate with those of the arms.
  mutating func addInteraction(of covariate: Covariate) {
    switch covariate.column {
    case .category(let codes, let levels):
      add(crossed(Self.indicators(covariate.name, codes, levels)))
    case .number(let values, let isPresent):
      let filled = Self.filled(values, isPresent)
      for (column, name) in arm.names.enumerated() {
        var coefficients = Array(repeating: 0.0, count: arm.names.count)
        coefficients[column] = 1
        let indicator = arm.matrix.multiplied(by: coefficients)
        add("\(name) × \(covariate.name)", filled.indices.map { filled[$0] * indicator[$0] })
      }
      add(crossed(Self.missing(covariate.name, isPresent)))
    }
  }

  private typealias Indicators = (matrix: CategoricalMatrix, names: [String])

  private mutating func add(_ name: String, _ numbers: [Double]) {
    terms.append(name)
    parts.append(.dense(DenseMatrix(columns: [numbers])))
  }

  private mutating func add(_ indicators: Indicators) {
    let (matrix, columns) = indicators.matrix.droppingEmptyColumns()
    guard !columns.isEmpty else { return }
    terms += columns.map { indicators.names[$0] }
    parts.append(.categorical(matrix))
  }

  private func crossed(_ indicators: Indicators) -> Indicators {
    let names = arm.names.flatMap { arm in indicators.names.map { "\(arm) × \($0)" } }
    return (arm.matrix.crossed(with: indicators.matrix), names)
  }

  /// Indicators of the levels in use but the first, with one for what is missing.
  private static func indicators(
    _ name: String, _ codes: [Int32], _ levels: [String]
  ) -> Indicators {
    let names = levels.map { "\(name) is \($0)" } + ["\(name) is missing"]
    let every = CategoricalMatrix(
      codes: codes.map { $0 < 0 ? Int32(levels.count) : $0 }, levelCount: names.count,
      reference: nil)
    let (_, used) = every.droppingEmptyColumns()
    guard let reference = used.first else { return (every, names) }
    let matrix = CategoricalMatrix(
      codes: codes.map { $0 < 0 ? Int32(levels.count) : $0 }, levelCount: names.count,
      reference: reference)
    return (matrix, names.indices.filter { $0 != reference }.map { names[$0] })
  }

  private static func missing(_ name: String, _ isPresent: [Bool]) -> Indicators {
    let matrix = CategoricalMatrix(codes: isPresent.map { $0 ? 0 : 1 }, levelCount: 2)
    return (matrix, ["\(name) is missing"])
  }

  private static func filled(_ values: [Double], _ isPresent: [Bool]) -> [Double] {
    values.indices.map { isPresent[$0] ? values[$0] : 0 }
  }
}
