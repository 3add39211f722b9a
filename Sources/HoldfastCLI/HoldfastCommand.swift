internal import ArgumentParser
internal import Holdfast

/// The command `holdfast`.
@main
struct HoldfastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holdfast",
    abstract: "Replays cancel sessions: which offer works, for whom, with what certainty.",
    version: HoldfastVersion.current)
}
