// Numbers and instants, each by its grammar and within its bounds.

extension RowParser {
  /// A probability above zero.
  func propensity(_ row: RawRow, _ column: Int) throws(RowFault) -> Double {
    let field = row.fields[column]
    switch field.kind {
    case .text, .number: break
    case .null, .absent: throw RowFault(column: column, code: .missingValue)
    case .string, .boolean, .composite: throw RowFault(column: column, code: .badType)
    }
    // Below the normal range a double has lost its digits, and its inverse may be infinite.
    guard let number = NumberGrammar.number(field.bytes), number.value.isNormal,
      number.value > 0, number.value <= 1
    else { throw RowFault(column: column, code: .badPropensity) }
    return number.value
  }

  /// A reward: a word's worth, a truth value, or a number.
  func reward(
    _ row: RawRow, _ role: RoleBindings.Rewards, _ underflow: inout Int?
  ) throws(RowFault) -> Double {
    let field = row.fields[role.number.column]
    if !role.values.isEmpty, field.kind != .null, field.kind != .absent {
      for (word, value) in role.values where word.elementsEqual(field.bytes) { return value }
      throw RowFault(column: role.number.column, code: .badNumber)
    }
    if field.kind == .boolean { return field.bytes.count == 4 ? 1 : 0 }
    if field.kind == .text, let truth = field.truth { return truth ? 1 : 0 }
    return try number(row, role.number, &underflow) ?? 0
  }

  /// A number within its bounds, or `nil` where it may be missing and is.
  func number(
    _ row: RawRow, _ role: RoleBindings.Number, _ underflow: inout Int?
  ) throws(RowFault) -> Double? {
    let field = row.fields[role.column]
    switch field.kind {
    case .text, .number, .string:
      if !role.missing.isEmpty, isWord(field, of: role.missing) { return nil }
      if field.kind == .string { throw RowFault(column: role.column, code: .badType) }
    case .null, .absent:
      if !role.missing.isEmpty { return nil }
      throw RowFault(column: role.column, code: .missingValue)
    case .boolean, .composite: throw RowFault(column: role.column, code: .badType)
    }
    let value: Double
    if role.isInteger {
      guard let integer = NumberGrammar.integer(field.bytes) else {
        throw RowFault(column: role.column, code: .badInteger)
      }
      // Beyond 2⁵³ neighbours become one double.
      guard case .value(let exact) = integer, exact.magnitude <= 1 << 53 else {
        throw RowFault(column: role.column, code: .outOfRange)
      }
      value = Double(exact)
    } else {
      guard let number = NumberGrammar.number(field.bytes) else {
        throw RowFault(column: role.column, code: .badNumber)
      }
      if number.underflowed { underflow = role.column }
      value = number.value
    }
    guard value >= role.minimum, value <= role.maximum else {
      throw RowFault(column: role.column, code: .outOfRange)
    }
    return value
  }

  /// An instant, or `nil` where it may be missing and is.
  func instant(
    _ row: RawRow, _ role: RoleBindings.Instant, mayBeMissing: Bool
  ) throws(RowFault) -> Int64? {
    let field = row.fields[role.column]
    switch field.kind {
    case .null, .absent:
      if mayBeMissing { return nil }
      throw RowFault(column: role.column, code: .missingValue)
    case .boolean, .composite: throw RowFault(column: role.column, code: .badType)
    case .number where !role.isEpoch, .string where role.isEpoch:
      throw RowFault(column: role.column, code: .badType)
    case .text, .string, .number: break
    }
    if mayBeMissing, field.bytes.isEmpty { return nil }
    guard let micros = Timestamp.parse(field.bytes, role.format) else {
      throw RowFault(column: role.column, code: .badTimestamp)
    }
    return micros
  }
}

extension Field {
  /// The truth value that a CSV field spells, if it does.
  fileprivate var truth: Bool? {
    guard bytes.count == 4 || bytes.count == 5 else { return nil }
    for word in ["true", "TRUE", "True"] where word.utf8.elementsEqual(bytes) { return true }
    for word in ["false", "FALSE", "False"] where word.utf8.elementsEqual(bytes) { return false }
    return nil
  }
}
