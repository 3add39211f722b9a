internal import ArgumentParser
internal import Holdfast

/// The checks of the experiment alone, all of them.
struct DiagnoseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Check the experiment: shares of arms, fading effects, weekdays, levels that differ.",
    discussion: """
      Example:
        holdfast diagnose datasets/cancel_sessions/plan.yaml --format csv > diagnostics.csv
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let progress = ProgressLine(quiet: options.quiet)
      let (sampleRatio, rows) = try Run(plan).diagnostics { progress.show($0) }
      progress.clear()
      if let warning = sampleRatio.warning { Console.error("warning: \(warning)") }
      format.print(rows, table: FindingsReport.allDiagnostics(rows))
    }
  }
}
