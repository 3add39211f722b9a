internal import Sessions

/// The columns that only lift's questions name, in replay order.
struct LiftColumns: Sendable {
  /// A column of numbers.
  struct Numbers: Sendable {
    let name: String
    /// The values, nil where missing.
    let values: [Double?]
  }

  /// A factor of the arm.
  struct Factor: Sendable {
    let name: String
    /// The number of its levels.
    let count: Int
    /// The level of each arm, from zero, by the code of the arm.
    let levels: [Int]
  }

  /// The joint levels of the columns that make the strata.
  private(set) var strata: CategoryCodes?
  /// The column whose levels are clusters; nil where they are customers, or not named.
  private(set) var clusters: CategoryCodes?
  /// The covariates to adjust for.
  private(set) var covariates: [Numbers] = []
  /// The two columns of the ratio.
  private(set) var ratio: (numerator: Numbers, denominator: Numbers)?
  /// Why a session was lost.
  private(set) var causes: CategoryCodes?
  /// The factors of the arm; empty where it has one only.
  private(set) var factors: [Factor] = []

  init() {}

  /// Takes the columns from a table.
  ///
  /// - Throws: ``RunError/unknownColumn(key:column:allowed:)`` where the plan names what is not there.
  init(
    _ table: TableColumns, arms: CategoryCodes, plan: RunPlan.LiftPlan, order: [Int]
  ) throws(RunError) {
    func category(_ key: String, _ name: String) throws(RunError) -> CategoryCodes {
      guard let column = table.category(name) else {
        throw .unknownColumn(key: "lift.\(key)", column: name, allowed: table.categoryNames)
      }
      return column.reordered(order)
    }
    func numbers(_ key: String, _ name: String) throws(RunError) -> Numbers {
      guard let column = table.numbers(name) else {
        throw .unknownColumn(key: "lift.\(key)", column: name, allowed: table.numberNames)
      }
      try MetricColumn.checkSize(column, role: "lift.\(key)")
      return Numbers(name: name, values: order.map { column[$0] })
    }
    var columns: [CategoryCodes] = []
    for name in plan.strata { columns.append(try category("strata", name)) }
    if !columns.isEmpty { strata = CategoryCodes(joining: columns, rowCount: order.count) }
    if case .column(let name) = plan.clusters { clusters = try category("clusters", name) }
    for name in plan.covariates { covariates.append(try numbers("covariates", name)) }
    if let asked = plan.ratio {
      ratio = (
        try numbers("ratio.numerator", asked.numerator),
        try numbers("ratio.denominator", asked.denominator)
      )
    }
    if let name = plan.causes { causes = try category("causes", name) }
    factors = Self.factors(of: arms, table.table)
  }

  /// The factors by the arms' codes; none where two arms share a text, so that codes do not tell.
  private static func factors(of arms: CategoryCodes, _ table: SessionTable) -> [Factor] {
    guard table.factors.count > 1, Set(table.arms).count == table.arms.count else { return [] }
    let places = arms.levels.map { name in table.arms.firstIndex(of: name) ?? 0 }
    return table.factors.indices.map { factor in
      // Numbered by their texts in byte order, so that the order of the rows plays no part.
      let texts = places.map { table.factors[factor].levels[table.armLevels[$0][factor]] }
      let levels = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return Factor(
        name: table.factors[factor].name, count: levels.count,
        levels: texts.map { levels.firstIndex(of: $0) ?? 0 })
    }
  }
}
