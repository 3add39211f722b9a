internal import ArgumentParser
internal import Holdfast

/// What is wrong with a log.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with a log, and what a run of the plan would rest on.",
    discussion: """
      Rejected rows are listed by file, line, column and code, never with their values.
      Exit code 65 if more rows are rejected than the plan allows.

      Example:
        holdfast check datasets/cancel_sessions/plan.yaml
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "How many rejected rows to list.")
  var rejects = 20

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      let progress = ProgressLine(quiet: options.quiet)
      let check = try LogCheck(plan) { progress.show($0) }
      progress.clear()
      Console.output(check.text(rejects: max(0, rejects)))
      if check.stopsRun { throw ExitCode(65) }
    }
  }
}
