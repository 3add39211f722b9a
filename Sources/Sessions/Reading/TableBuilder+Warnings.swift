extension TableBuilder {
  /// Propensities below this are met with a warning.
  static let smallestPropensity = 1e-6

  /// Counts what is odd about a row that is kept.
  mutating func warn(_ row: RawRow, _ parsed: ParsedRow) {
    let bindings = parser.bindings
    if row.findings.contains(.control) { report.warn(.controlCharacters, line: row.line) }
    for column in [bindings.session, bindings.customer] {
      guard let column, TextHygiene.isSuspicious(row.fields[column].bytes) else { continue }
      report.warn(.suspiciousID, line: row.line, column: bindings.names[column])
    }
    if let column = parsed.underflow {
      report.warn(.underflow, line: row.line, column: bindings.names[column])
    }
    if bindings.propensity != nil, parsed.propensity < Self.smallestPropensity {
      report.warn(.extremeWeight, line: row.line)
    }
    guard bindings.time != nil else { return }
    if !Timestamp.plausible.contains(parsed.time) {
      report.warn(.timestampOutOfRange, line: row.line)
    }
    if parsed.time < previousTime { report.warn(.outOfOrder, line: row.line) }
    previousTime = parsed.time
    if let canceledAt = parsed.canceledAt, canceledAt < parsed.time {
      report.warn(.outcomeBeforeExposure, line: row.line)
    }
  }
}

extension ReadReport {
  /// Adds what only the whole table shows, and puts everything in its order.
  mutating func conclude(_ table: SessionTable) {
    if rows == 0 { warn(.noRows) }
    if table.rowCount > 0, table.armsInUse == 1 { warn(.noContrast) }
    if table.schema.customer != nil {
      let crossovers = table.crossoverCustomers
      if crossovers > 0 { warn(.crossoverCustomers, count: crossovers) }
    }
    rejects.sort { $0.line < $1.line }
    warnings.sort { $0.code.order < $1.code.order }
  }
}

extension WarningCode {
  /// The place in the list of codes.
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension SessionTable {
  /// The number of arms that have a row.
  var armsInUse: Int {
    var used = Array(repeating: false, count: arms.count)
    for chunk in chunks { for arm in chunk.arms { used[Int(arm)] = true } }
    return used.count { $0 }
  }

  /// The number of customers whose sessions do not all have the same arm.
  var crossoverCustomers: Int {
    let unseen: Int32 = -1
    let several: Int32 = -2
    var seen = Array(repeating: unseen, count: customers.count)
    for chunk in chunks {
      for (customer, arm) in zip(chunk.customers, chunk.arms) {
        let before = seen[Int(customer)]
        if before == unseen {
          seen[Int(customer)] = arm
        } else if before != arm {
          seen[Int(customer)] = several
        }
      }
    }
    return seen.count { $0 == several }
  }
}
