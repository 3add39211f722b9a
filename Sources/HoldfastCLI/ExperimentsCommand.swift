internal import ArgumentParser
internal import FoundationEssentials
internal import Holdfast

/// Many experiments that are counted already.
struct ExperimentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "Compare the arms of many experiments by their counts, read as one run.",
    discussion: """
      The file has one row an experiment and arm, with trials and successes or count, mean and \
      variance; a column of looks adds what may be read at each look. P-values are adjusted over \
      the whole run.

      Example:
        holdfast experiments datasets/upworthy/plan.yaml --format csv > experiments.csv
      """)

  @Argument(
    help: "The plan, a YAML or JSON file.", completion: .file(extensions: ["yaml", "json"]))
  var plan: String

  @Option(help: "The counts to read instead of the plan's; '-' is standard input.")
  var counts: String?

  @Option(help: "Which rows to print: experiments, looks, summary.")
  var rows: Rows = .experiments

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  @Flag(help: "Show no progress.")
  var quiet = false

  /// The kinds of rows that a run has.
  enum Rows: String, CaseIterable, ExpressibleByArgument {
    case experiments, looks, summary
  }

  func run() async throws {
    try await Failure.reporting {
      var plan = try ExperimentsPlan(
        contentsOf: plan, environment: ProcessInfo.processInfo.environment)
      if let counts { plan.counts = counts }
      let progress = ProgressLine(quiet: quiet)
      let experiments = try Experiments(plan) { progress.show(.reading($0)) }
      progress.clear()
      if rows == .looks, plan.look == nil {
        Console.error("no looks: the plan names no column 'look'")
      }
      let report = ExperimentsReport(experiments)
      switch rows {
      case .experiments: format.print(experiments.rows, table: report.text)
      case .looks: format.print(experiments.looks, table: report.text)
      case .summary: format.print(experiments.summaries, table: report.text)
      }
    }
  }
}
