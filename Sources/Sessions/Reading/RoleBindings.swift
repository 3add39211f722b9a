/// The schema, bound to the columns of a file: for each role the place of its field in a row.
///
/// It never changes; it is a class so that the rows of a file share it without copies.
final class RoleBindings: Sendable {
  struct Instant: Sendable {
    let column: Int
    let format: Schema.TimeFormat
    var isEpoch: Bool { format == .epochSeconds || format == .epochMilliseconds }
  }

  struct Number: Sendable {
    let column: Int
    var isInteger = false
    var minimum = -Double.infinity
    var maximum = Double.infinity
    /// The words that stand for a missing value; if there are none, it may not be missing.
    var missing: [[UInt8]] = []
  }

  struct Outcomes: Sendable {
    let column: Int
    let words: [(word: [UInt8], outcome: Outcome)]
  }

  struct Rewards: Sendable {
    let number: Number
    let values: [(word: [UInt8], value: Double)]
  }

  struct Covariate: Sendable {
    let name: String
    let kind: Schema.CovariateKind
    let role: Number
    var isCategory: Bool { kind == .category }
  }

  struct Filter: Sendable {
    let column: Int
    let values: [[UInt8]]
  }

  /// The name of each column.
  let names: [String]
  let session: Int?
  let customer: Int?
  let time: Instant?
  let arm: [Int]
  let propensity: Int?
  let reason: Int?
  let reasonText: Int?
  let intent: Int?
  let outcome: Outcomes?
  let canceledAt: Instant?
  let lastSeenAt: Instant?
  let reward: Rewards?
  let mrr: Number?
  let offerCost: Number?
  let covariates: [Covariate]
  let filters: [Filter]
  /// The columns that have no role and are not ignored.
  let unknown: [String]

  /// Binds a schema to columns, which must contain all that it requires.
  init(_ schema: Schema, columns names: [String]) {
    self.names = names
    func place(_ name: String?) -> Int? { name.flatMap { name in names.firstIndex(of: name) } }
    func instant(_ role: Schema.InstantRole?) -> Instant? {
      guard let role, let column = place(role.column) else { return nil }
      return Instant(column: column, format: role.format)
    }
    func money(_ role: Schema.MoneyRole?) -> Number? {
      guard let role, let column = place(role.column) else { return nil }
      return Number(
        column: column, minimum: role.minimum ?? -.infinity, maximum: role.maximum ?? .infinity,
        missing: role.missing.map { Array($0.utf8) })
    }
    session = place(schema.session)
    customer = place(schema.customer)
    time = instant(schema.time)
    arm = schema.arm.compactMap(place)
    propensity = place(schema.propensity?.column)
    reason = place(schema.reason)
    reasonText = place(schema.reasonText)
    intent = place(schema.intent)
    outcome = schema.outcome.flatMap { role in
      place(role.column).map { column in
        Outcomes(column: column, words: role.words.map { (Array($0.utf8), $1) })
      }
    }
    canceledAt = instant(schema.canceledAt)
    lastSeenAt = instant(schema.lastSeenAt)
    reward = schema.reward.flatMap { role in
      place(role.column).map { column in
        Rewards(
          number: Number(
            column: column, minimum: role.minimum ?? -.infinity,
            maximum: role.maximum ?? .infinity),
          values: role.values.map { (Array($0.utf8), $1) })
      }
    }
    mrr = money(schema.mrr)
    offerCost = money(schema.offerCost)
    filters = schema.filter.keys.sorted().compactMap { name in
      place(name).map { column in
        Filter(column: column, values: (schema.filter[name] ?? []).map { Array($0.utf8) })
      }
    }
    let known = Set(schema.requiredColumns + schema.ignore)
    unknown = names.filter { !known.contains($0) }
    var covariates = schema.covariates.keys.sorted().compactMap { name -> Covariate? in
      guard let role = schema.covariates[name], let column = place(role.column ?? name) else {
        return nil
      }
      return Covariate(
        name: name, kind: role.kind,
        role: Number(
          column: column, isInteger: role.kind == .integer,
          minimum: role.minimum ?? -.infinity, maximum: role.maximum ?? .infinity,
          missing: role.missing.map { Array($0.utf8) }))
    }
    if schema.keepUnknown {
      covariates += unknown.compactMap { name in
        place(name).map { column in
          Covariate(name: name, kind: .category, role: Number(column: column, missing: [[]]))
        }
      }
    }
    self.covariates = covariates
  }
}
