/// A value that its role cannot take.
struct RowFault: Error {
  let column: Int
  let code: ReadCode
}

/// The numbers and instants of a row; its words stay bytes until the row is known to be good.
struct ParsedRow {
  var time: Int64 = 0
  var propensity = 1.0
  var outcome = Outcome.invalid
  var canceledAt: Int64?
  var lastSeenAt: Int64?
  var reward = 0.0
  var mrr: Double?
  var offerCost: Double?
  /// The value of each covariate that is a number.
  var numbers: [Double?]
  /// The column of a number that fell to zero.
  var underflow: Int?
}

/// Turns the fields of a row into the values of its roles.
///
/// A CSV field is text, and its role says how to read it. A JSON value has a type, which must
/// be its role's: a number is not a string, and keys are strings. Only words (arms, reasons,
/// categories) may also be whole numbers and booleans, each of which has one spelling.
struct RowParser {
  let bindings: RoleBindings

  /// Reads a row.
  ///
  /// - Throws: The first fault, in the order of roles.
  func parse(_ row: RawRow, into parsed: inout ParsedRow) throws(RowFault) {
    parsed.underflow = nil
    if let column = bindings.session { try checkKey(row, column) }
    if let column = bindings.customer { try checkKey(row, column) }
    if let time = bindings.time {
      guard let micros = try instant(row, time, mayBeMissing: false) else {
        throw RowFault(column: time.column, code: .missingValue)
      }
      parsed.time = micros
    }
    for column in bindings.arm { try checkOffer(row, column) }
    if let column = bindings.propensity { parsed.propensity = try propensity(row, column) }
    if let column = bindings.reason { _ = try word(row, column) }
    if let column = bindings.reasonText { _ = try word(row, column) }
    if let column = bindings.intent { _ = try word(row, column) }
    if let role = bindings.outcome { parsed.outcome = try outcome(row, role) }
    if let role = bindings.canceledAt {
      parsed.canceledAt = try instant(row, role, mayBeMissing: true)
    }
    if let role = bindings.lastSeenAt {
      parsed.lastSeenAt = try instant(row, role, mayBeMissing: true)
    }
    if let role = bindings.reward { parsed.reward = try reward(row, role, &parsed.underflow) }
    if let role = bindings.mrr { parsed.mrr = try number(row, role, &parsed.underflow) }
    if let role = bindings.offerCost { parsed.offerCost = try number(row, role, &parsed.underflow) }
    for index in bindings.covariates.indices {
      let role = bindings.covariates[index].role
      if !bindings.covariates[index].isCategory {
        parsed.numbers[index] = try number(row, role, &parsed.underflow)
      } else if try word(row, role.column, missing: role.missing) == nil, role.missing.isEmpty {
        throw RowFault(column: role.column, code: .missingValue)
      }
    }
  }

  /// Whether the schema's filter keeps a row.
  func keeps(_ row: RawRow) -> Bool {
    bindings.filters.allSatisfy { filter in
      filter.values.contains { $0.elementsEqual(row.fields[filter.column].bytes) }
    }
  }

  // MARK: Words

  /// The bytes of a word, or `nil` where it is missing: null, absent, empty or said to be.
  func word(
    _ row: RawRow, _ column: Int, missing: [[UInt8]] = []
  ) throws(RowFault) -> UnsafeBufferPointer<UInt8>? {
    let field = row.fields[column]
    switch field.kind {
    case .text, .string, .boolean: break
    case .number:
      guard NumberGrammar.integer(field.bytes) != nil else {
        throw RowFault(column: column, code: .badType)
      }
    case .null, .absent: return nil
    case .composite: throw RowFault(column: column, code: .badType)
    }
    return field.bytes.isEmpty || isWord(field, of: missing) ? nil : field.bytes
  }

  private func checkKey(_ row: RawRow, _ column: Int) throws(RowFault) {
    let field = row.fields[column]
    switch field.kind {
    case .text, .string: break
    case .null, .absent: throw RowFault(column: column, code: .missingValue)
    case .number, .boolean, .composite: throw RowFault(column: column, code: .badType)
    }
    if field.isBlank { throw RowFault(column: column, code: .emptyID) }
  }

  private func checkOffer(_ row: RawRow, _ column: Int) throws(RowFault) {
    let field = row.fields[column]
    if field.kind == .null || field.kind == .absent {
      throw RowFault(column: column, code: .missingValue)
    }
    if try word(row, column) == nil || field.isBlank {
      throw RowFault(column: column, code: .emptyOffer)
    }
  }

  private func outcome(
    _ row: RawRow, _ role: RoleBindings.Outcomes
  ) throws(RowFault) -> Outcome {
    let field = row.fields[role.column]
    if field.kind == .null || field.kind == .absent {
      throw RowFault(column: role.column, code: .missingValue)
    }
    if field.kind == .composite { throw RowFault(column: role.column, code: .badType) }
    for (word, outcome) in role.words where word.elementsEqual(field.bytes) { return outcome }
    throw RowFault(column: role.column, code: .badOutcome)
  }

  /// Whether a field's bytes are one of some words.
  func isWord(_ field: Field, of words: [[UInt8]]) -> Bool {
    words.contains { $0.elementsEqual(field.bytes) }
  }
}

extension Field {
  /// Whether the field holds nothing but spaces.
  fileprivate var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
