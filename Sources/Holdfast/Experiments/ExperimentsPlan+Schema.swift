internal import Sessions

extension ExperimentsPlan {
  /// The mapping by which the reader of sessions reads counts: a row is one of an experiment's, and
  /// what it counts are covariates.
  var schema: Schema {
    var schema = Schema(arm: experiment)
    if case .rows(let arm?, _) = layout, !experiment.contains(arm) { schema.arm.append(arm) }
    for column in layout.countColumns {
      schema.covariates[column] = Schema.Covariate(kind: .number, missing: missing)
    }
    if let look { schema.covariates[look] = Schema.Covariate(kind: .number) }
    var words = [group?.column]
    if case .marked(let column, _) = baseline { words.append(column) }
    for case let column? in words where !schema.arm.contains(column) {
      schema.covariates[column] = Schema.Covariate(kind: .category, missing: [""])
    }
    schema.filter = filter
    return schema
  }
}

extension ExperimentsPlan.Layout {
  /// The names of the arms, where the plan has them.
  var armNames: [String]? {
    if case .sideBySide(let arms) = self { arms.map(\.arm) } else { nil }
  }

  /// Whether sessions and successes are counted, in every arm.
  var isTally: Bool {
    switch self {
    case .rows(_, let columns): columns.isTally
    case .sideBySide(let arms): arms.allSatisfy(\.columns.isTally)
    }
  }

  /// The columns of counts.
  var countColumns: [String] {
    switch self {
    case .rows(_, let columns): columns.names
    case .sideBySide(let arms): arms.flatMap(\.columns.names)
    }
  }
}

extension ExperimentsPlan.Columns {
  var isTally: Bool {
    if case .tally = self { true } else { false }
  }

  var names: [String] {
    switch self {
    case .tally(let trials, let successes): [trials, successes]
    case .moments(let count, let mean, let variance): [count, mean, variance]
    }
  }
}
