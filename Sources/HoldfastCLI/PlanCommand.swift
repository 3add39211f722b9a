internal import ArgumentParser
internal import FoundationEssentials
internal import Holdfast

/// The sessions, days and power of an experiment that is still to be run.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan an experiment: sessions, power, detectable effect, and the day of the verdict.",
    discussion: """
      Of sessions, power and effect, what the file leaves out is solved for; where a key has \
      several values, each of their combinations is a row. A flag stands in for the key of its name.

      Example:
        holdfast plan datasets/cancel_sessions/design.yaml
      """)

  @Argument(
    help: "The design, a YAML or JSON file.", completion: .file(extensions: ["yaml", "json"]))
  var design: String

  @Option(help: "The test by its name.")
  var test: String?

  @Option(help: "The error of the experiment.")
  var alpha: String?

  @Option(help: "The probability of finding the effect.")
  var power: String?

  @Option(help: "The true effect, on the scale of the test.")
  var effect: String?

  @Option(help: "The sessions of all arms.")
  var total: String?

  @Option(help: "The days until the verdict.")
  var days: String?

  @Option(help: "The day on which the experiment starts.")
  var start: String?

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  @Flag(help: "Show no progress.")
  var quiet = false

  func run() async throws {
    try await Failure.reporting {
      let plan = try DesignPlan(
        contentsOf: design, environment: ProcessInfo.processInfo.environment, settings: settings)
      let progress = ProgressLine(quiet: quiet)
      let rows = try Design(plan).rows { progress.show($0) }
      progress.clear()
      format.print(rows, table: DesignReport.text(rows))
    }
  }

  private var settings: [(key: String, text: String)] {
    [
      ("test", test), ("alpha", alpha), ("power", power), ("effect", effect), ("total", total),
      ("days", days), ("start", start),
    ].compactMap { key, text in text.map { (key, $0) } }
  }
}
