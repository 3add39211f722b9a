internal import Sessions

/// The columns of a session table over all its chunks, by the names that plans use.
struct TableColumns {
  let table: SessionTable

  /// The names of the columns that have levels: reason, intent, factors, category covariates.
  var categoryNames: [String] {
    ["reason", "intent"].filter { hasRole($0) } + table.factors.map(\.name)
      + table.covariates.filter { $0.kind == .category }.map(\.name)
  }

  /// The names of the covariates that are numbers.
  var numberNames: [String] { table.covariates.filter { $0.kind != .category }.map(\.name) }

  /// A column with levels, in file order.
  func category(_ name: String) -> CategoryCodes? {
    switch name {
    case "reason" where hasRole(name):
      codes(name, table.reasons.texts) { $0.reasons }
    case "intent" where hasRole(name):
      codes(name, table.intents.texts) { $0.intents }
    default:
      if let place = table.covariates.firstIndex(where: { $0.name == name }) {
        codes(name, table.covariates[place].levels.texts) { $0.covariates[place].categoryCodes }
      } else if let place = table.factors.firstIndex(where: { $0.name == name }) {
        codes(name, table.factors[place].levels.texts) { $0.factors[place] }
      } else {
        nil
      }
    }
  }

  /// A column of numbers, in file order; nil where missing.
  func numbers(_ name: String) -> [Double?]? {
    guard let place = table.covariates.firstIndex(where: { $0.name == name }) else { return nil }
    var values: [Double?] = []
    values.reserveCapacity(table.rowCount)
    for chunk in table.chunks {
      guard case .number(let column) = chunk.covariates[place] else { return nil }
      values += column.rows
    }
    return values
  }

  /// A column that may be absent from the log, in file order.
  func optional<Value>(_ column: (SessionChunk) -> NullableColumn<Value>?) -> [Value?] {
    var values: [Value?] = []
    values.reserveCapacity(table.rowCount)
    for chunk in table.chunks {
      if let column = column(chunk) {
        values += column.rows
      } else {
        values.append(contentsOf: repeatElement(nil, count: chunk.rowCount))
      }
    }
    return values
  }

  /// A column that every chunk has or none, in file order.
  func whole<Value>(_ column: (SessionChunk) -> [Value]?) -> [Value]? {
    var values: [Value] = []
    values.reserveCapacity(table.rowCount)
    for chunk in table.chunks {
      guard let part = column(chunk) else { return nil }
      values += part
    }
    return values
  }

  private func hasRole(_ name: String) -> Bool {
    name == "reason" ? table.schema.reason != nil : table.schema.intent != nil
  }

  private func codes(
    _ name: String, _ levels: [String], _ column: (SessionChunk) -> [Int32]?
  ) -> CategoryCodes? {
    whole(column).map { CategoryCodes(name: name, codes: $0, levels: levels) }
  }
}

extension CovariateColumn {
  /// The codes of a category.
  fileprivate var categoryCodes: [Int32]? {
    if case .category(let codes) = self { codes } else { nil }
  }
}

extension NullableColumn {
  /// The rows, nil where missing.
  fileprivate var rows: [Value?] { (0..<count).map { self[$0] } }
}
