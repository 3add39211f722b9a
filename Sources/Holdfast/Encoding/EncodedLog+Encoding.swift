internal import Segments
internal import Sessions

extension EncodedLog {
  /// Encodes a table as a plan asks for it.
  ///
  /// - Throws: ``RunError`` where the plan names what the log does not have.
  /// - Complexity: O(*n* log *n*) in the number of sessions, for their order.
  init(_ table: SessionTable, plan: RunPlan) throws(RunError) {
    let columns = TableColumns(table: table)
    let order = Self.replayOrder(table)

    let armNames = table.arms
    if let baseline = plan.baseline, !armNames.contains(baseline), !armNames.isEmpty {
      throw .unknownArm(key: "baseline", arm: baseline, seen: armNames.sorted())
    }
    let armCodes = columns.whole { $0.arms } ?? []
    let arms = CategoryCodes(
      name: "arm", codes: armCodes, levels: armNames, first: plan.baseline ?? armNames.first)

    var contexts: [CategoryCodes] = []
    for name in plan.contexts {
      guard let column = columns.category(name) else {
        throw .unknownColumn(key: "contexts", column: name, allowed: columns.categoryNames)
      }
      contexts.append(column)
    }
    self.contexts = contexts.map { $0.reordered(order) }
    let cells = CategoryCodes(joining: contexts, rowCount: table.rowCount)

    let outcomes = try MetricColumn(table, plan: plan)
    let propensities: [Double]?
    switch table.schema.propensity {
    case .uniform:
      propensities = Array(repeating: 1 / Double(max(1, armNames.count)), count: table.rowCount)
      logging = "uniform over \(armNames.count) arms, by the mapping"
    case .column(let name):
      propensities = columns.whole { $0.propensities }
      logging = "logged in column \(name)"
    case nil:
      propensities = nil
      logging = "not logged"
    }
    self.propensities = propensities.map { values in order.map { values[$0] } }

    let inside = try Self.experiment(columns, plan: plan)
    isExperiment = order.map { inside[$0] }
    self.arms = arms.reordered(order)
    self.cells = cells.reordered(order)
    rewards = order.map { outcomes.rewards[$0] }
    watches = outcomes.watches.isEmpty ? nil : order.map { outcomes.watches[$0] }
    let customerCodes = columns.whole { $0.customers } ?? []
    customers = order.map { customerCodes[$0] }
    units = customers.map { table.customers.stableHash($0) }
    customerKeys = table.customers.texts
    times = columns.whole { $0.times }.map { times in order.map { times[$0] } }
    let mrr = columns.optional { $0.mrr }
    try MetricColumn.checkSize(mrr, role: "mrr")
    self.mrr = order.map { mrr[$0] }
    let costs = columns.optional { $0.offerCosts }
    try MetricColumn.checkSize(costs, role: "offerCost")
    offerCosts = order.map { costs[$0] }
    covariates = try Self.covariates(columns, plan: plan, order: order)
    modelColumns = try Self.modelColumns(columns, plan: plan, order: order)
    lift = try LiftColumns(columns, arms: arms, plan: plan.lift, order: order)
    offPolicy = try OffPolicyColumns(
      columns, plan: plan.offPolicy, factors: lift.factors, order: order)
    if let plan = plan.slates {
      slates = try SlateColumns(columns, plan: plan, order: order)
    }
    dimensions = try Self.dimensions(columns, plan: plan, order: order)
    states = outcomes.states
    asOf = outcomes.asOf
    tableRows = order
  }

  /// The rows by (time, hash of the session's key); file order where there are no times.
  private static func replayOrder(_ table: SessionTable) -> [Int] {
    let columns = TableColumns(table: table)
    guard let times = columns.whole({ $0.times }), let sessions = columns.whole({ $0.sessions })
    else { return Array(0..<table.rowCount) }
    let hashes = sessions.map { table.sessions.stableHash($0) }
    return (0..<table.rowCount).sorted { left, right in
      (times[left], hashes[left]) < (times[right], hashes[right])
    }
  }

  /// Whether each row belongs to the randomised part, in file order.
  private static func experiment(
    _ columns: TableColumns, plan: RunPlan
  ) throws(RunError) -> [Bool] {
    guard let name = plan.experiment?.column, let values = plan.experiment?.values else {
      return Array(repeating: true, count: columns.table.rowCount)
    }
    guard let column = columns.category(name) else {
      throw .unknownColumn(
        key: "experiment.column", column: name, allowed: columns.categoryNames)
    }
    let isInside = column.levels.map { values.contains($0) }
    return column.codes.map { $0 >= 0 && isInside[Int($0)] }
  }

  /// The columns that the diagnostics look at level by level, in replay order.
  private static func dimensions(
    _ columns: TableColumns, plan: RunPlan, order: [Int]
  ) throws(RunError) -> [CategoryCodes] {
    let own =
      ["reason", "intent"].filter { columns.categoryNames.contains($0) }
      + columns.table.covariates.filter { $0.kind == .category }.map(\.name)
      .filter { $0 != plan.experiment?.column }
    let names = plan.diagnostics.columns.isEmpty ? own : plan.diagnostics.columns
    var dimensions: [CategoryCodes] = []
    for name in names {
      guard let column = columns.category(name) else {
        throw .unknownColumn(
          key: "diagnostics.columns", column: name, allowed: columns.categoryNames)
      }
      dimensions.append(column.reordered(order))
    }
    return dimensions
  }

  /// The columns that may define a segment, in replay order.
  private static func covariates(
    _ columns: TableColumns, plan: RunPlan, order: [Int]
  ) throws(RunError) -> [EncodedCovariate] {
    let own =
      ["reason", "intent"].filter { columns.categoryNames.contains($0) }
      + columns.table.covariates.map(\.name).filter { $0 != plan.experiment?.column }
    let names = plan.segments.columns.isEmpty ? own : plan.segments.columns
    return try Self.columns(names, "segments.columns", columns, order: order)
  }

  /// The columns that the regressions name, in the order in which they first do.
  private static func modelColumns(
    _ columns: TableColumns, plan: RunPlan, order: [Int]
  ) throws(RunError) -> [EncodedCovariate] {
    var names: [String] = []
    for model in plan.segments.models {
      let own =
        model.formula.variables.map(\.name)
        + [model.formula.response, model.strata].compactMap(\.self)
      for name in own where name != "arm" && name != "customer" && !names.contains(name) {
        names.append(name)
      }
    }
    return try Self.columns(names, "segments.models", columns, order: order)
  }

  /// Columns of categories or numbers by their names, in replay order.
  private static func columns(
    _ names: [String], _ key: String, _ columns: TableColumns, order: [Int]
  ) throws(RunError) -> [EncodedCovariate] {
    var found: [EncodedCovariate] = []
    for name in names {
      if let column = columns.category(name) {
        found.append(.category(column.reordered(order)))
      } else if let values = columns.numbers(name) {
        found.append(.number(name: name, values: order.map { values[$0] }))
      } else {
        throw .unknownColumn(
          key: key, column: name, allowed: columns.categoryNames + columns.numberNames)
      }
    }
    return found
  }
}
