internal import ArgumentParser
internal import BenchmarkCases

/// Our side of `Benchmarks/compare`: makes the data, and times the cases on it.
@main
struct CompareOurs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-ours",
    abstract: "Time Holdfast's side of a comparison and print one line of JSON.",
    subcommands: [
      MakeData.self, Read.self, Thompson.self, Contextual.self, Sample.self, Logistic.self,
      Categorical.self, Exact.self, BootstrapCase.self, Lift.self, Special.self, OffPolicy.self,
      MakeWideData.self, Penalized.self,
    ])
}

/// Writes the data that every peer reads.
struct MakeData: AsyncParsableCommand {
  @Argument(
    help: "The folder to write: log/sessions.csv.gz, x.f64, y.f64 and the files of CategoricalCase."
  )
  var folder: String

  @Option(help: "The rows of the cancel log, and of the logistic regressions.")
  var rows = 1_000_000

  func run() async throws {
    try CancelLogCase.write(sessions: rows, to: folder + "/log")
    try LogisticCase(rows: rows).write(to: folder)
    try CategoricalCase(rows: rows).write(to: folder)
  }
}

/// Writes the data of the penalised regression.
struct MakeWideData: AsyncParsableCommand {
  @Argument(help: "The folder to write x.f64 and y.f64 to.")
  var folder: String

  @Option(help: "The rows, of 500 columns.")
  var rows = 100_000

  func run() async throws {
    try LogisticCase(rows: rows, columns: 500).write(to: folder)
  }
}
