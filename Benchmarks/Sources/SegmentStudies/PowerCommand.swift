internal import ArgumentParser
internal import Foundation
internal import Segments

/// Three true segments among forty covariates: how many are found, and how much of what is found is false.
struct PowerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power",
    abstract: "Power and false discoveries against the number of sessions.")

  @OptionGroup var options: StudyOptions

  @Option(help: "The number of logs of a size.")
  var replications = 50

  @Option(parsing: .upToNextOption, help: "The numbers of sessions of a log.")
  var sessions = [2_500, 5_000, 10_000, 20_000, 40_000]

  @Option(
    parsing: .upToNextOption, help: "The ways of finding: search, honestTree, logisticTree, naive.",
    transform: Self.method)
  var methods = SegmentPowerStudy.Method.allCases

  func validate() throws {
    guard replications > 1, sessions.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--replications takes a number from 2, --sessions numbers from 1")
    }
  }

  func run() async throws {
    var study = SegmentPowerStudy()
    (study.replications, study.seed) = (replications, options.seed)
    print(
      "\n### Three segments among \(study.world.covariates) covariates, effect \(study.world.effect), "
        + "\(replications) logs, seed \(options.seed)\n")
    print(
      "| method | sessions | power | ± | false discovery rate | ± | any false | ± | findings | |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    var failures = 0
    for method in methods {
      for count in sessions {
        let start = clock()
        let row = try await study.run(method, sessions: count, threads: options.threads)
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        FileHandle.standardError.write(
          Data(
            String(format: "%@, %d: %.1f s CPU\n", method.rawValue, count, seconds).utf8))
        // Holm's adjustment at 5 % bounds the chance of any false finding, and so the rate.
        let limit = 0.05 + 3 * (0.05 * 0.95 / Double(replications)).squareRoot()
        let holds = method == .naive || row.anyFalse.mean <= limit
        failures += holds ? 0 : 1
        print(Self.text(row) + (holds ? " |" : "**fails** |"))
        fflush(nil)
      }
    }
    try endRun(failures: failures)
  }

  private static func method(_ name: String) throws -> SegmentPowerStudy.Method {
    guard let method = SegmentPowerStudy.Method(rawValue: name) else {
      throw ValidationError("--methods takes search, honestTree, logisticTree and naive")
    }
    return method
  }

  private static func text(_ row: SegmentPowerStudy.Row) -> String {
    let shares = [row.power, row.falseDiscoveryRate, row.anyFalse].flatMap {
      [String(format: "%.3f", $0.mean), String(format: "%.3f", $0.standardError)]
    }
    let cells =
      ["\(row.method.rawValue)", "\(row.sessions)"] + shares
      + [String(format: "%.1f", row.findings), ""]
    return "| " + cells.joined(separator: " | ")
  }
}
