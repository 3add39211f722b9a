import Foundation

/// Studies of policies and estimators that take minutes: what the tests hold in small is printed here in full,
/// beside the published figures. Exits with 1 if a figure misses what it is held to.
///
///     bandit-studies figure1 [replications] [horizon]   Chapelle and Li (2011), figure 1
///     bandit-studies table1 [replications]       the same, table 1, under both readings of a delay
///     bandit-studies verdicts [replications]     sessions until a winner, top-two against plain
///     bandit-studies features [replications]     regret by cell and by features, in five worlds
///     bandit-studies hadad [replications]        Hadad et al. (2021): arms and contrasts after adaptive choice
///     bandit-studies coverage [logs]             intervals of off-policy estimates
///     bandit-studies speed                       10⁸ decisions of ten arms on two threads
///     bandit-studies all                         all of these but the last
@main struct BanditStudies {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let replications = arguments.count > 2 ? Int(arguments[2]) : nil
    let horizon = arguments.count > 3 ? Int(arguments[3]) : nil
    let studies: [(name: String, run: () async throws -> Int)] = [
      (
        "figure1",
        {
          try await FigureOne.run(
            replications: replications ?? 100, horizon: horizon ?? 1_000_000)
        }
      ),
      ("table1", { try await TableOne.run(replications: replications ?? 40) }),
      ("verdicts", { try await Verdicts.run(replications: replications ?? 1_000) }),
      (
        "features",
        {
          try await Features.run(replications: replications ?? 200)
          return 0
        }
      ),
      ("hadad", { try await AdaptiveInference.run(replications: replications ?? 10_000) }),
      ("coverage", { try await Coverage.run(logs: replications ?? 20_000) }),
      ("speed", { try await Speed.run() }),
    ]
    let wanted = arguments.count > 1 ? arguments[1] : ""
    let chosen = studies.filter { $0.name == wanted || wanted == "all" && $0.name != "speed" }
    if chosen.isEmpty {
      print(
        "usage: bandit-studies \(studies.map(\.name).joined(separator: " | ")) | all [replications]"
      )
      exit(64)
    }
    var failures = 0
    for study in chosen { failures += try await study.run() }
    if failures > 0 { exit(1) }
  }
}
