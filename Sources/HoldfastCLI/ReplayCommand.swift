internal import ArgumentParser
internal import Holdfast

/// The main job.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay a log: lift, policy values, segments and recommendations in one folder.",
    discussion: """
      Example:
        holdfast replay datasets/cancel_sessions/plan.yaml --output results/cancel_sessions

      The folder holds \(Findings.fileNames.joined(separator: ", ")). It appears whole or not \
      at all.
      """)

  @OptionGroup var options: PlanOptions

  @Option(name: .shortAndLong, help: "The folder for the results instead of the plan's.")
  var output: String?

  @Option(help: "Print the summary as a table, or all findings as JSON.")
  var format: SummaryFormat = .table

  /// How findings are printed: they have more than one kind of row, so that CSV is for the files.
  enum SummaryFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let folder = output ?? plan.output
      try ResultsFolder.check(folder)
      let progress = ProgressLine(quiet: options.quiet)
      let findings = try await Run(plan).run { progress.show($0) }
      progress.clear()
      try findings.write(to: folder)
      Console.output(format == .json ? findings.jsonText : FindingsReport(findings).text)
      Console.error("results: \(folder)/ (\(Findings.fileNames.joined(separator: ", ")))")
    }
  }
}
