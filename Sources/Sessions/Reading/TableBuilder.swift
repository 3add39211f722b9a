/// Adds good rows to a table, and finds rows that say the same session twice.
struct TableBuilder {
  var table: SessionTable
  var report = ReadReport()
  private(set) var chunk: SessionChunk
  private let emptyChunk: SessionChunk
  let parser: RowParser
  private var parsed: ParsedRow
  /// The line of each row of the table.
  private(set) var lines: [Int] = []
  /// The rows of the table whose session another row contradicts.
  var conflicting: Set<Int> = []
  /// The codes of an arm's factors, as bytes: the key of its code.
  private var tuples = KeyDictionary()
  var previousTime = Int64.min

  init(_ schema: Schema, parser: RowParser) {
    let bindings = parser.bindings
    self.parser = parser
    parsed = ParsedRow(numbers: Array(repeating: nil, count: bindings.covariates.count))
    emptyChunk = SessionChunk(bindings)
    chunk = emptyChunk
    table = SessionTable(
      schema: schema,
      factors: schema.arm.map { SessionTable.Levels(name: $0) },
      covariates: bindings.covariates.map { SessionTable.Covariate(name: $0.name, kind: $0.kind) })
  }

  /// The number of distinct texts in the fullest dictionary.
  var largestDictionary: Int {
    let levels = table.factors.map(\.levels.count) + table.covariates.map(\.levels.count)
    let keys = [
      table.sessions.count, table.customers.count, table.reasons.count, table.intents.count,
      table.arms.count,
    ]
    return (levels + keys).max() ?? 0
  }

  /// Takes a row in, or counts why not.
  mutating func take(_ row: RawRow) {
    report.rows += 1
    guard parser.keeps(row) else {
      report.filtered += 1
      return
    }
    do throws(RowFault) {
      try parser.parse(row, into: &parsed)
      try add(row)
    } catch {
      report.reject(line: row.line, column: parser.bindings.names[error.column], code: error.code)
    }
  }

  /// Counts a row whose frame is broken.
  mutating func refuse(_ row: RawRow, _ code: ReadCode, _ column: Int?) {
    let names = parser.bindings.names
    report.rows += 1
    report.reject(
      line: row.line, column: column.flatMap { $0 < names.count ? names[$0] : nil }, code: code)
    if row.endsFile, code == .fieldCount || code == .badJSON, row.fieldCount < names.count {
      report.warn(.cutOff, line: row.line)
    }
  }

  /// Adds a row that parsed, unless its session is there already.
  private mutating func add(_ row: RawRow) throws(RowFault) {
    if let column = parser.bindings.session {
      let key = row.fields[column].bytes
      let (inserted, code) = table.sessions.insert(key)
      guard inserted else { return try meetAgain(Int(code), row, parsed) }
      chunk.sessions.append(code)
      lines.append(row.line)
      appendCustomer(row, otherwise: key)
    } else {
      var number = String(report.rows)
      number.withUTF8 { key in
        chunk.sessions.append(table.sessions.intern(key))
        appendCustomer(row, otherwise: key)
      }
    }
    warn(row, parsed)
    appendValues(parsed)
    appendArm(row)
    try appendWords(row)
    let bindings = parser.bindings
    for index in bindings.covariates.indices where !bindings.covariates[index].isCategory {
      chunk.covariates[index].append(parsed.numbers[index])
    }
    chunk.rowCount += 1
    report.accepted += 1
    if chunk.rowCount == SessionChunk.capacity { closeChunk() }
  }

  /// Closes the last chunk and gives the table, without the rows that others contradict.
  mutating func finish() -> SessionTable {
    if chunk.rowCount > 0 { closeChunk() }
    if !conflicting.isEmpty { table.removeRows(conflicting) }
    table.report = report
    table.report.conclude(table)
    return table
  }

  private mutating func closeChunk() {
    table.chunks.append(chunk)
    chunk = emptyChunk
  }

  // MARK: Columns

  private mutating func appendCustomer(
    _ row: RawRow, otherwise key: UnsafeBufferPointer<UInt8>
  ) {
    let bytes = parser.bindings.customer.map { row.fields[$0].bytes } ?? key
    chunk.customers.append(table.customers.intern(bytes))
  }

  private mutating func appendValues(_ parsed: ParsedRow) {
    chunk.times?.append(parsed.time)
    chunk.propensities?.append(parsed.propensity)
    chunk.outcomes?.append(parsed.outcome)
    chunk.canceledAt?.append(parsed.canceledAt)
    chunk.lastSeenAt?.append(parsed.lastSeenAt)
    chunk.rewards?.append(parsed.reward)
    chunk.mrr?.append(parsed.mrr)
    chunk.offerCosts?.append(parsed.offerCost)
  }

  private mutating func appendArm(_ row: RawRow) {
    let columns = parser.bindings.arm
    for (factor, column) in columns.enumerated() {
      chunk.factors[factor].append(table.factors[factor].levels.intern(row.fields[column].bytes))
    }
    let place = chunk.rowCount
    if columns.count == 1 {
      // One factor: its levels are the arms.
      let level = chunk.factors[0][place]
      if Int(level) == table.arms.count { addArm([level]) }
      chunk.arms.append(level)
      return
    }
    let levels = columns.indices.map { chunk.factors[$0][place] }
    let code = levels.withUnsafeBytes { tuples.intern($0.assumingMemoryBound(to: UInt8.self)) }
    if Int(code) == table.arms.count { addArm(levels) }
    chunk.arms.append(code)
  }

  private mutating func addArm(_ levels: [Int32]) {
    let words = levels.enumerated().map { table.factors[$0].levels[$1] }
    table.arms.append(words.joined(separator: " × "))
    table.armLevels.append(levels)
  }

  private mutating func appendWords(_ row: RawRow) throws(RowFault) {
    let bindings = parser.bindings
    if let column = bindings.reason {
      chunk.reasons?.append(try parser.word(row, column).map { table.reasons.intern($0) } ?? -1)
    }
    if let column = bindings.intent {
      chunk.intents?.append(try parser.word(row, column).map { table.intents.intern($0) } ?? -1)
    }
    if let column = bindings.reasonText {
      chunk.reasonTexts?.append(
        try parser.word(row, column) ?? UnsafeBufferPointer(start: nil, count: 0))
    }
    for index in bindings.covariates.indices where bindings.covariates[index].isCategory {
      let role = bindings.covariates[index].role
      let word = try parser.word(row, role.column, missing: role.missing)
      chunk.covariates[index].append(
        word.map { table.covariates[index].levels.intern($0) } ?? -1)
    }
  }
}
