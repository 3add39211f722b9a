internal import ArgumentParser
internal import Holdfast

/// A synthetic log.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a synthetic cancel log with known effects, and its truth.",
    discussion: """
      The folder holds sessions.csv.gz and truth.json: exact saved rates by reason, plan and arm, \
      the best arm of each cell, and the value of each policy.

      Example:
        holdfast generate datasets/cancel_sessions/world.yaml --output results/log
      """)

  @Argument(help: "The world, a YAML or JSON file.")
  var world: String

  @Option(name: .shortAndLong, help: "The folder to write.")
  var output: String

  @Option(help: "The number of sessions instead of the world's.")
  var sessions: Int?

  @Option(help: "The seed instead of the world's.")
  var seed: UInt64?

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if let sessions, !(1...1_000_000_000).contains(sessions) {
      throw ValidationError("--sessions takes a number from 1 to 1000000000")
    }
  }

  func run() async throws {
    try await Failure.reporting {
      var world = try CancelWorld(contentsOf: world)
      if let sessions { world.sessions = sessions }
      if let seed { world.seed = seed }
      let progress = ProgressLine(quiet: quiet)
      let total = Double(world.sessions)
      try CancelLog(world).write(to: output) { done in
        progress.show("writing session \(done)", share: Double(done) / total)
      }
      progress.clear()
      Console.error("\(world.sessions) sessions: \(output)/ (sessions.csv.gz, truth.json)")
    }
  }
}
