/// Studies of policies that take minutes: what the tests hold in small is printed here in full.
///
///     bandit-studies figure1 [replications] [horizon]   Chapelle and Li (2011), figure 1: Thompson sampling
///     bandit-studies table1 [replications]       the same, table 1, under both readings of a delay
///     bandit-studies verdicts [replications]     sessions until a winner, top-two against plain
///     bandit-studies features [replications]     regret by cell and by features, in five worlds
///     bandit-studies speed                       10⁸ decisions of ten arms on two threads
@main struct BanditStudies {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let replications = arguments.count > 2 ? Int(arguments[2]) : nil
    switch arguments.count > 1 ? arguments[1] : "" {
    case "figure1":
      try await FigureOne.run(
        replications: replications ?? 100,
        horizon: arguments.count > 3 ? Int(arguments[3]) ?? 1_000_000 : 1_000_000)
    case "table1": await TableOne.run(replications: replications ?? 40)
    case "verdicts": try await Verdicts.run(replications: replications ?? 1_000)
    case "features": try await Features.run(replications: replications ?? 200)
    case "speed": try await Speed.run()
    default:
      print("usage: bandit-studies figure1 | table1 | verdicts | features | speed [replications]")
    }
  }
}
