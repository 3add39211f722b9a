internal import ArgumentParser
internal import FoundationEssentials
internal import Holdfast

/// Policies in a world with known truth.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Let policies learn in a world with known truth, and count their regret.",
    discussion: """
      The plan names the world, the policies and what to tell; the file of a world alone is a plan \
      with that world and the defaults. Every policy meets the same customers (common random \
      numbers); the result does not depend on the number of threads.

      Example:
        holdfast simulate datasets/cancel_sessions/simulation.yaml --output results/simulation
        holdfast simulate datasets/cancel_sessions/world.yaml --horizon 20000 --replications 100

      The folder holds \(SimulationResults.fileNames.joined(separator: ", ")). It appears whole or \
      not at all.
      """)

  @Argument(
    help: "The plan or the world, a YAML or JSON file.",
    completion: .file(extensions: ["yaml", "json"]))
  var plan: String

  @Option(help: "The number of sessions of each replication.")
  var horizon: Int?

  @Option(help: "The number of replications.")
  var replications: Int?

  @Option(help: "The number of sessions after which a policy learns.")
  var batch: Int?

  @Option(help: "The number of later sessions after which an outcome is known.")
  var delay: Int?

  @Option(help: "The seed of every random draw.")
  var seed: UInt64?

  @Option(help: "The number of threads; no result depends on it.")
  var threads: Int?

  @Option(name: .shortAndLong, help: "The folder for the results; none is written without.")
  var output: String?

  @Option(help: "Which rows to print: curves, verdicts, comparisons; the table shows all.")
  var rows: Rows = .curves

  @Option(help: "How to print the rows: table, csv, json.")
  var format: OutputFormat = .table

  @Flag(help: "Show no progress.")
  var quiet = false

  /// The kinds of rows that a simulation has.
  enum Rows: String, CaseIterable, ExpressibleByArgument {
    case curves, verdicts, comparisons
  }

  func validate() throws {
    for (name, value, range) in [
      ("horizon", horizon, 1...1_000_000_000), ("replications", replications, 1...1_000_000),
      ("batch", batch, 1...1_000_000_000), ("delay", delay, 0...1_000_000_000),
      ("threads", threads, 1...256),
    ] {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError(
        "--\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
    if let seed, Int(exactly: seed) == nil {
      throw ValidationError("--seed takes a number from 0 to \(Int.max)")
    }
  }

  func run() async throws {
    try await Failure.reporting {
      let plan = try SimulationPlan(
        contentsOf: plan, environment: ProcessInfo.processInfo.environment, settings: settings)
      if let output { try ResultsFolder.check(output, files: SimulationResults.fileNames) }
      let progress = ProgressLine(quiet: quiet)
      let results = try await SimulationStudy(plan).run { progress.show($0) }
      progress.clear()
      if let output { try results.write(to: output) }
      switch rows {
      case .curves: format.print(results.curves, table: SimulationReport.text(results))
      case .verdicts: format.print(results.verdicts, table: SimulationReport.text(results))
      case .comparisons: format.print(results.comparisons, table: SimulationReport.text(results))
      }
      if let output {
        Console.error(
          "results: \(output)/ (\(SimulationResults.fileNames.joined(separator: ", ")))")
      }
    }
  }

  /// The options as keys of the plan.
  private var settings: [(key: String, text: String)] {
    [
      ("horizon", horizon.map { "\($0)" }), ("replications", replications.map { "\($0)" }),
      ("batchSize", batch.map { "\($0)" }), ("delay", delay.map { "\($0)" }),
      ("seed", seed.map { "\($0)" }), ("threads", threads.map { "\($0)" }),
    ].compactMap { key, text in text.map { (key, $0) } }
  }
}
