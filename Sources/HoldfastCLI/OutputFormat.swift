internal import ArgumentParser
internal import Holdfast

/// How rows are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json

  /// Prints rows: as the table for people, or as text for machines.
  func print(_ rows: [some FlatRow], table: @autoclosure () -> String) {
    switch self {
    case .table: Console.output(table())
    case .csv: Console.output(ResultText.csv(rows))
    case .json: Console.output(ResultText.json(rows))
    }
  }
}
