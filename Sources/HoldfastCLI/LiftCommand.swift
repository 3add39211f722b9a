internal import ArgumentParser
internal import Holdfast

/// The comparisons of arms alone.
struct LiftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift",
    abstract: "Compare each arm with the baseline on the randomised sessions.",
    discussion: """
      Example:
        holdfast lift datasets/cancel_sessions/plan.yaml --format csv > lift.csv
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let progress = ProgressLine(quiet: options.quiet)
      let (sampleRatio, rows) = try Run(plan).lift { progress.show($0) }
      progress.clear()
      // A table carries the warning itself; rows for machines go without it on standard output.
      if format != .table, let warning = sampleRatio.warning {
        Console.error("warning: \(warning)")
      }
      format.print(rows, table: FindingsReport.lift(sampleRatio, rows))
    }
  }
}
