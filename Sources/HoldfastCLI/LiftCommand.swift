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
        holdfast lift datasets/cancel_sessions/plan.yaml --proofs

      Each comparison has a proof sheet: method, adjustment, maturity, sample ratio, false positives \
      on this log with its labels dealt out anew, detectable effect, and the verdict over other \
      windows, priors and reasons.
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  @Flag(help: "Print the proof sheets instead of the rows.")
  var proofs = false

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let progress = ProgressLine(quiet: options.quiet)
      let (sampleRatio, rows, sheets, diagnostics) = try await Run(plan).provenLift {
        progress.show($0)
      }
      progress.clear()
      // A table carries the warning itself; rows for machines go without it on standard output.
      if format != .table, let warning = sampleRatio.warning {
        Console.error("warning: \(warning)")
      }
      if proofs {
        format.print(sheets.flatMap(\.items), table: FindingsReport.proofs(sheets))
      } else {
        format.print(
          rows,
          table: FindingsReport.lift(sampleRatio, rows) + "\n"
            + FindingsReport.diagnostics(diagnostics))
      }
    }
  }
}
