internal import ArgumentParser
internal import FoundationEssentials
internal import Holdfast

/// The plan of a run, and the settings of it that the command line may replace.
struct PlanOptions: ParsableArguments {
  @Argument(
    help: "The plan, a YAML or JSON file.", completion: .file(extensions: ["yaml", "json"]))
  var plan: String

  @Option(help: "The log to read instead of the plan's; '-' is standard input.")
  var sessions: String?

  @Option(help: "The seed of every random draw.")
  var seed: UInt64?

  @Option(help: "The number of threads; no result depends on it.")
  var threads: Int?

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 256")
    }
  }

  /// The plan, checked, with the command line's settings.
  func load() throws -> RunPlan {
    var plan = try RunPlan(
      contentsOf: plan, environment: ProcessInfo.processInfo.environment)
    if let sessions { plan.sessions = sessions }
    if let seed { plan.seed = seed }
    if let threads { plan.threads = threads }
    return plan
  }
}
