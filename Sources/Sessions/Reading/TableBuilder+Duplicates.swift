// At-least-once delivery repeats rows; a repeated row counts once. Two rows that say different
// things of one session are both refused: there is no telling which is right.

extension TableBuilder {
  /// Meets a session that has a row already.
  ///
  /// - Throws: A fault if the two rows differ in a role, or earlier ones did.
  mutating func meetAgain(_ code: Int, _ row: RawRow, _ parsed: ParsedRow) throws(RowFault) {
    // Every key is interned with its row and rows leave only at the end: code and row agree.
    if !conflicting.contains(code), try isSame(code, row, parsed) {
      report.exactDuplicates += 1
      report.warn(.exactDuplicate, line: row.line)
      return
    }
    let column = parser.bindings.session ?? 0
    if conflicting.insert(code).inserted {
      report.accepted -= 1
      report.reject(
        line: lines[code], column: parser.bindings.names[column], code: .conflictingDuplicate)
    }
    throw RowFault(column: column, code: .conflictingDuplicate)
  }

  /// Whether a row says in every role what a row of the table says.
  private func isSame(
    _ code: Int, _ row: RawRow, _ parsed: ParsedRow
  ) throws(RowFault) -> Bool {
    let index = code / SessionChunk.capacity
    let stored = index < table.chunks.count ? table.chunks[index] : chunk
    let place = code % SessionChunk.capacity
    let bindings = parser.bindings

    // The values.
    guard stored.times.map({ $0[place] == parsed.time }) ?? true,
      stored.propensities.map({ $0[place] == parsed.propensity }) ?? true,
      stored.outcomes.map({ $0[place] == parsed.outcome }) ?? true,
      stored.canceledAt.map({ $0[place] == parsed.canceledAt }) ?? true,
      stored.lastSeenAt.map({ $0[place] == parsed.lastSeenAt }) ?? true,
      stored.rewards.map({ $0[place] == parsed.reward }) ?? true,
      stored.mrr.map({ $0[place] == parsed.mrr }) ?? true,
      stored.offerCosts.map({ $0[place] == parsed.offerCost }) ?? true
    else { return false }

    // The words.
    if let column = bindings.customer {
      guard table.customers.code(of: row.fields[column].bytes) == stored.customers[place] else {
        return false
      }
    }
    for (factor, column) in bindings.arm.enumerated() {
      let level = table.factors[factor].levels.code(of: row.fields[column].bytes)
      guard level == stored.factors[factor][place] else { return false }
    }
    if let column = bindings.reason, let reasons = stored.reasons {
      let code = try parser.word(row, column).map { table.reasons.code(of: $0) } ?? -1
      guard code == reasons[place] else { return false }
    }
    if let column = bindings.intent, let intents = stored.intents {
      let code = try parser.word(row, column).map { table.intents.code(of: $0) } ?? -1
      guard code == intents[place] else { return false }
    }
    if let column = bindings.reasonText, let texts = stored.reasonTexts {
      let text = try parser.word(row, column).map { Array($0) } ?? []
      guard texts.utf8(place).elementsEqual(text) else { return false }
    }
    for (index, covariate) in bindings.covariates.enumerated() {
      switch stored.covariates[index] {
      case .number(let column):
        guard column[place] == parsed.numbers[index] else { return false }
      case .category(let codes):
        let role = covariate.role
        let code =
          try parser.word(row, role.column, missing: role.missing)
          .map { table.covariates[index].levels.code(of: $0) } ?? -1
        guard code == codes[place] else { return false }
      }
    }
    return true
  }
}
