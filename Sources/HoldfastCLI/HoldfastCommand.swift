internal import ArgumentParser
internal import Holdfast

/// The command `holdfast`.
@main
struct HoldfastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holdfast",
    abstract: "Replays cancel sessions: which offer works, for whom, with what certainty.",
    discussion: """
      A first look:
        holdfast generate datasets/cancel_sessions/world.yaml --output results/log
        holdfast replay datasets/cancel_sessions/plan.yaml --output results/cancel_sessions

      The variable HOLDFAST_THREADS is the number of threads where neither the plan nor --threads says \
      one; no result depends on it.

      Exit codes: 0 done, 1 internal, 64 usage, 65 bad data, 66 no input, 74 input/output, \
      78 bad plan.
      """,
    version: HoldfastVersion.current,
    subcommands: [
      ReplayCommand.self, CheckCommand.self, LiftCommand.self, DiagnoseCommand.self,
      ExperimentsCommand.self, PlanCommand.self, SegmentsCommand.self, RecommendCommand.self,
      SimulateCommand.self,
      GenerateCommand.self,
    ])
}
