internal import ArgumentParser
internal import Segments

/// How often something is found where nothing is.
struct NullCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "null",
    abstract: "False discoveries of the search, against its nominal five per cent.")

  @OptionGroup var options: StudyOptions

  @Option(help: "The number of logs, or of deals of the arms.")
  var replications = 200

  @Option(help: "The sessions of a made log.")
  var sessions = 10_000

  func validate() throws {
    guard replications > 0, sessions > 0 else {
      throw ValidationError("--replications and --sessions take a number from 1")
    }
  }

  func run() async throws {
    var table = NullTable(
      "False discoveries: nominal 5 %, \(replications) logs, seed \(options.seed)")
    let search = SegmentSearch()
    if let insurance = try InsuranceLog.data() {
      let study = try await FalseDiscoveryStudy(
        of: search, insurance, baseline: 0, replications: replications, seed: options.seed,
        threads: options.threads)
      table.add(
        "insurance log, \(insurance.arms.count) sessions × \(insurance.covariates.count) numbers, arms dealt out",
        NullCounts(study))
    } else {
      table.note("The insurance log is left out: HOLDFAST_DATASETS names no folder that holds it.")
    }
    let made = try HiddenSegmentWorld().log(sessions: sessions, seed: options.seed)
    let dealt = try await FalseDiscoveryStudy(
      of: search, made, baseline: 0, replications: replications, seed: options.seed,
      threads: options.threads)
    table.add(
      "made log with three segments, \(sessions) × 40, arms dealt out", NullCounts(dealt))
    for effect in [0, 0.1] {
      let world = EqualEffectWorld(effect: effect, sessions: sessions)
      for method in EqualEffectWorld.Method.allCases {
        let counts = try await world.study(method, replications: replications, options)
        table.add(
          "made logs, \(sessions) × 40, an effect of \(effect) for everybody, \(method.name)",
          counts, isControl: method == .naive)
      }
    }
    try endRun(failures: table.failures)
  }
}
