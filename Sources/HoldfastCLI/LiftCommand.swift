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
      switch format {
      case .table: Console.output(FindingsReport.lift(sampleRatio, rows))
      case .csv:
        if let warning = sampleRatio.warning { Console.error("warning: \(warning)") }
        Console.output(ResultText.csv(rows))
      case .json:
        if let warning = sampleRatio.warning { Console.error("warning: \(warning)") }
        Console.output(ResultText.json(rows))
      }
    }
  }
}
