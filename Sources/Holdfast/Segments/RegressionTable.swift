internal import Segments

/// The sessions of a regression as a table: a row a session, or a row for all that agree in everything
/// that the model asks.
struct RegressionTable {
  /// The number of sessions that have the outcome.
  let sessions: Int
  /// The design.
  let design: FormulaDesign
  /// The outcome of each row; of levels their places.
  let outcomes: [Double]
  /// How many sessions a row stands for; nil for one each.
  let weights: [Double]?
  /// The customer of each row, where rows are sessions.
  let units: [UInt64]?
  /// The stratum of each row; nil without strata.
  let strata: [UInt64]?
  /// The levels of an outcome that has several.
  let levels: [String]

  /// - Parameters:
  ///   - model: The regression.
  ///   - sample: The sessions.
  ///   - isOfSessions: Whether each session needs a row of its own.
  /// - Throws: ``FormulaError`` where the formula does not fit the log.
  init(
    _ model: ModelPlan, _ sample: SegmentSample, isOfSessions: Bool
  ) throws(FormulaError) {
    var columns = [
      Covariate(
        name: "arm", column: .category(codes: sample.data.arms, levels: sample.data.armNames))
    ]
    columns += sample.log.modelColumns.map { $0.covariate(sample.rows) }
    var (outcomes, units, levels) = (sample.data.rewards, sample.data.units, [String]())
    if let response = model.formula.response,
      let column = columns.first(where: { $0.name == response })
    {
      let known = column.knownRows
      columns = columns.map { $0.subset(known) }
      units = known.map { units[$0] }
      if model.family?.isOfLevels ?? false {
        (outcomes, levels) = try column.subset(known).ordered(model.levels)
      } else {
        outcomes = try model.formula.outcomes(in: columns)
      }
    }
    self.levels = levels
    let names = Set(model.formula.variables.map(\.name))
    let used = columns.filter { names.contains($0.name) || $0.name == "arm" }
    sessions = outcomes.count
    guard isOfSessions else {
      let cells = DistinctCells(outcomes, by: columns.filter { names.contains($0.name) })
      design = try FormulaDesign(model.formula, over: cells.rows(of: used))
      (self.outcomes, weights) = (cells.rows(of: outcomes), cells.counts)
      (self.units, strata) = (nil, nil)
      return
    }
    design = try FormulaDesign(model.formula, over: used)
    (self.outcomes, weights, self.units) = (outcomes, nil, units)
    strata = model.strata.flatMap { name in
      name == "customer" ? units : columns.first { $0.name == name }?.places
    }
  }
}

extension RegressionTable {
  /// The names of a family's coefficients: those of the design, for each level but the first, or with the
  /// cutpoints between levels in the place of the intercept.
  func names(of family: ModelPlan.Family) -> [String] {
    switch family {
    case .logistic, .firth, .normal, .poisson, .gamma: design.names
    case .multinomial:
      levels.dropFirst().flatMap { level in design.names.map { "\(level): \($0)" } }
    case .ordinal:
      design.names.dropFirst() + zip(levels, levels.dropFirst()).map { "\($0) | \($1)" }
    case .conditional: Array(design.names.dropFirst())
    }
  }
}

extension Covariate {
  /// The rows in which the value is known.
  fileprivate var knownRows: [Int] {
    switch column {
    case .category(let codes, _): codes.indices.filter { codes[$0] >= 0 }
    case .number(_, let isPresent): isPresent.indices.filter { isPresent[$0] }
    }
  }

  /// A number for each distinct value, what is missing among them.
  fileprivate var places: [UInt64] {
    switch column {
    case .category(let codes, _): codes.map { UInt64(UInt32(bitPattern: $0)) }
    case .number(let values, let isPresent):
      values.indices.map { isPresent[$0] ? values[$0].bitPattern : .max }
    }
  }

  /// The places of a category's values among levels in a given order, or among those in use.
  fileprivate func ordered(
    _ levels: [String]
  ) throws(FormulaError) -> (places: [Double], levels: [String]) {
    switch column {
    case .category(let codes, let names):
      var isUsed = Array(repeating: false, count: names.count)
      for code in codes where code >= 0 { isUsed[Int(code)] = true }
      let used = names.indices.filter { isUsed[$0] }.map { names[$0] }
      let order = levels.isEmpty ? used : levels.filter(used.contains)
      var place: [String: Int] = [:]
      for (index, level) in order.enumerated() { place[level] = index }
      let places = codes.map { place[names[Int($0)]] }
      if let row = places.firstIndex(of: nil) { throw .unusableResponse(name, row: row) }
      return (places.map { Double($0 ?? 0) }, order)
    case .number(let values, _):
      let order = Set(values).sorted()
      guard order.count <= 50 else { throw .unusableResponse(name, row: nil) }
      return (
        values.map { value in Double(order.firstIndex(of: value) ?? 0) },
        order.map { Decimals.shortest($0) }
      )
    }
  }
}
