internal import ArgumentParser
internal import Foundation

/// Studies of what is promised of discoveries, in full: what the tests hold in small is printed here, with Monte
/// Carlo errors and seeds. Exits with 1 if a figure misses what it is held to.
@main
struct SegmentStudies: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment-studies",
    abstract: "Measure false discoveries, power and values of what is found.",
    subcommands: [
      NullCommand.self, PowerCommand.self, ExportCommand.self, HillstromCommand.self,
      QiniCommand.self,
    ])
}

/// What every study takes.
struct StudyOptions: ParsableArguments {
  @Option(help: "The seed of the first log; the others follow it.")
  var seed: UInt64 = 1

  @Option(help: "The number of logs at a time; no number depends on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1") }
  }
}

/// Ends the run with 1 if figures miss what they are held to.
func endRun(failures: Int) throws {
  if failures > 0 { throw ExitCode.failure }
}

extension Double {
  /// A number in per cent.
  var percent: String { String(format: "%.1f %%", 100 * self) }
}
