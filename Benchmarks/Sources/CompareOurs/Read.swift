internal import ArgumentParser
internal import BenchmarkCases
internal import Sessions

/// Times the reading of the cancel log.
struct Read: AsyncParsableCommand {
  @Argument(help: "The log, a CSV file.")
  var log: String

  @Argument(help: "The number of runs.")
  var repeats: Int

  func run() async throws {
    let reader = SessionReader(schema: try CancelLogCase.schema())
    var stopwatch = Stopwatch()
    var table = try await stopwatch.time { try reader.read(log) }
    for _ in 1..<repeats { table = try await stopwatch.time { try reader.read(log) } }
    try Measurement(
      name: "read", units: table.rowCount, cpu: stopwatch.cpu, wall: stopwatch.wall,
      answers: Self.answers(of: table)
    ).print()
  }

  /// Counts and sums over every kind of column; `Rivals/measure.py` names them.
  private static func answers(of table: SessionTable) -> [Double] {
    var (kept, cancellations) = (0, 0)
    var (starts, ends): (Int64, Int64) = (0, 0)
    var (tenure, mrr, cost, propensity) = (0.0, 0.0, 0.0, 0.0)
    for chunk in table.chunks {
      for outcome in chunk.outcomes ?? [] where outcome == .deflected { kept += 1 }
      for time in chunk.times ?? [] { starts += time / 1_000_000 }
      for value in chunk.propensities ?? [] { propensity += value }
      for row in 0..<chunk.rowCount {
        if let end = chunk.canceledAt?[row] {
          cancellations += 1
          ends += end / 1_000_000
        }
        mrr += chunk.mrr?[row] ?? 0
        cost += chunk.offerCosts?[row] ?? 0
      }
      for case .number(let column) in chunk.covariates { tenure += column.values.reduce(0, +) }
    }
    let counts = [
      table.rowCount, table.sessions.count, table.customers.count, table.arms.count,
      table.reasons.count, kept,
    ]
    return counts.map(Double.init)
      + [Double(starts), Double(cancellations), Double(ends), tenure, mrr, cost, propensity]
  }
}
