internal import ArgumentParser
internal import Holdfast

/// The segments alone.
struct SegmentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segments",
    abstract: "Find segments in which an arm works otherwise than elsewhere.",
    discussion: """
      One half of the customers is searched, and what is found there is tested once on the other \
      half, with the p-values adjusted for every rule and arm tested.

      Example:
        holdfast segments datasets/cancel_sessions/plan.yaml
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let progress = ProgressLine(quiet: options.quiet)
      let (rows, refusal) = try Run(plan).segments { progress.show($0) }
      progress.clear()
      format.print(rows, table: FindingsReport.segments(rows, refusal: refusal))
      if let refusal { Console.error("no segments: \(refusal)") }
    }
  }
}
