internal import ArgumentParser
internal import Foundation
internal import Inference
internal import Segments
internal import StudyTables

/// What is known of Hillstrom's experiment, and what a policy tree is worth there.
struct HillstromCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hillstrom",
    abstract: "The women's mail by earlier purchases, and a policy tree against one mail for all.")

  @OptionGroup var options: StudyOptions

  @Option(help: "How often the customers are put in folds anew.")
  var foldings = 5

  @Option(parsing: .upToNextOption, help: "The costs of a mail, in visits.")
  var costs = [0.0, 0.03, 0.06]

  func validate() throws {
    guard foldings > 0 else { throw ValidationError("--foldings takes a number from 1") }
  }

  func run() async throws {
    guard let data = try HillstromLog.data() else {
      throw ValidationError(
        "HOLDFAST_DATASETS names no folder that holds hillstrom/hillstrom.csv.gz")
    }
    let failures = try interaction(data)
    try await policies(data)
    try endRun(failures: failures)
  }

  /// The references are statsmodels 0.15's: OLS of visit on mail × womens, HC2.
  private func interaction(_ data: SegmentData) throws -> Int {
    var table = StudyTable("Women's mail against none, by earlier purchases of women's goods")
    let effects = try LevelEffects.tables(of: data, baseline: HillstromLog.none).first {
      $0.covariate == "womens" && $0.arm == data.armNames[HillstromLog.womens]
    }
    for (cell, reference) in zip(effects?.cells ?? [], [0.01107846724466663, 0.07311454855041054]) {
      table.add(
        StudyRow(
          what: "womens is \(cell.level), difference of visit rates", source: "statsmodels",
          reference: reference, found: cell.difference.estimate,
          error: cell.difference.standardError,
          criterion: .range(reference - 1e-12...reference + 1e-12)))
    }
    let inside = try Rule([Condition("womens", .level("1"))]).contains(data)
    guard
      let test = LevelDifference.interaction(
        of: data, inside: inside, arm: Int32(HillstromLog.womens),
        baseline: Int32(HillstromLog.none))
    else { return table.failures + 1 }
    for (what, reference, found) in [
      ("interaction", 0.06203608130574391, test.estimate),
      ("its HC2 error", 0.006391284345608709, test.standardError),
      ("its z", 9.706356023475523, test.z),
    ] {
      table.add(
        StudyRow(
          what: what, source: "statsmodels", reference: reference, found: found, error: 0,
          criterion: .range(reference * (1 - 1e-10)...reference * (1 + 1e-10))))
    }
    return table.failures
  }

  /// Every folding is shown, none chosen.
  private func policies(_ data: SegmentData) async throws {
    print(
      """

      ### A tree of depth two against the best mail for everybody, visits less costs a customer

      | a mail costs | folds' seed | tree where it was found | tree on later folds | best single arm there | gain \
      | ± | 95 % interval | beats it |
      |---|---|---|---|---|---|---|---|---|
      """)
    let scores = try DoublyRobustScoring().scores(of: data, .known([1 / 3.0, 1 / 3.0, 1 / 3.0]))
    let search = {
      var search = PolicyTreeSearch()
      search.cutLimit = 15
      return search
    }()
    let seed = options.seed
    for cost in costs {
      let net = try scores.net(costs: [0, cost, cost])
      let found = try search.run(data, net)
      let validations = try await concurrently(foldings, threads: options.threads) { index in
        try PolicyValidation(of: search, data, net, seed: seed &+ UInt64(index))
      }
      for (index, validation) in validations.enumerated() {
        let numbers = [
          found.value, validation.tree.mean, validation.bestArm.mean, validation.gain.mean,
          validation.gain.standardError,
        ]
        let interval = validation.gainInterval
        let cells =
          ["\(cost)", "\(seed &+ UInt64(index))"] + numbers.map { String(format: "%.5f", $0) }
          + [
            String(format: "%.5f to %.5f", interval.lower, interval.upper),
            validation.beatsBestArm ? "yes" : "not shown",
          ]
        print("| " + cells.joined(separator: " | ") + " |")
      }
      print(
        "\nThe tree on all customers, where a mail costs \(cost):\n\n"
          + found.tree.description.split(separator: "\n").map { "    " + $0 }.joined(
            separator: "\n") + "\n")
      fflush(nil)
    }
  }
}
