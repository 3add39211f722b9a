internal import ArgumentParser
internal import Holdfast

/// Policies in a world with known truth.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Let policies learn in a world with known truth, and count their regret.",
    discussion: """
      Every policy meets the same customers (common random numbers); the result does not depend on \
      the number of threads.

      Example:
        holdfast simulate datasets/cancel_sessions/world.yaml --horizon 20000 --replications 100
      """)

  @Argument(help: "The world, a YAML or JSON file.")
  var world: String

  @Option(help: "The number of sessions of each replication.")
  var horizon = 10_000

  @Option(help: "The number of replications.")
  var replications = 100

  @Option(help: "The number of sessions after which a policy learns.")
  var batch = 1

  @Option(help: "The number of later sessions after which an outcome is known.")
  var delay = 0

  @Option(help: "The seed of every random draw.")
  var seed: UInt64 = 1

  @Option(help: "The number of threads; no result depends on it.")
  var threads = 2

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    for (name, value, range) in [
      ("horizon", horizon, 1...1_000_000_000), ("replications", replications, 1...1_000_000),
      ("batch", batch, 1...1_000_000_000), ("delay", delay, 0...1_000_000_000),
      ("threads", threads, 1...256),
    ] where !range.contains(value) {
      throw ValidationError(
        "--\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() async throws {
    try await Failure.reporting {
      var study = RegretStudy(try CancelWorld(contentsOf: world))
      study.horizon = horizon
      study.replications = replications
      study.batchSize = batch
      study.delay = delay
      study.seed = seed
      study.threads = threads
      let progress = ProgressLine(quiet: quiet)
      let rows = try await study.run { policy, share in
        progress.show("simulating \(policy)", share: share)
      }
      progress.clear()
      format.print(rows, table: RegretStudy.table(rows))
    }
  }
}
