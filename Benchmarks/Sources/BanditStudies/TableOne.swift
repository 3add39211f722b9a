import Inference
import StudyTables

/// Regret of Thompson sampling and UCB over ten items that come and go, with delayed rewards, under both readings
/// of a delay.
///
/// The paper does not say enough of its UCB to be reproduced; its Thompson sampling is, at short delays under both
/// readings and at long ones where each reward is late. Beside it stands an independent C++ program, of 40
/// replications with a standard error of a hundredth.
///
/// Reference: Chapelle and Li (2011), *NIPS* 24, table 1.
enum TableOne {
  private static let delays = [1, 3, 10, 32, 100, 316, 1_000]
  private static let published: [ItemWorld.Rule: [Double]] = [
    .thompson: [9_105, 9_199, 9_049, 9_451, 11_550, 21_594, 59_256],
    .ucb: [24_145, 24_695, 25_662, 28_148, 37_141, 77_687, 226_220],
  ]

  private static func independent(
    _ rule: ItemWorld.Rule, _ reading: ItemWorld.Reading
  ) -> [Int: Double] {
    switch (rule, reading) {
    case (.thompson, .batch): [1: 9_576, 10: 9_476, 100: 11_169, 1_000: 34_384]
    case (.thompson, .late): [10: 9_678, 100: 13_076, 1_000: 58_785]
    case (.ucb, .batch): [1: 35_840, 10: 37_255, 100: 47_820, 1_000: 127_063]
    case (.ucb, .late): [10: 37_621, 100: 54_684, 1_000: 174_769]
    }
  }

  static func run(replications: Int) async throws -> Int {
    var table = StudyTable("Chapelle and Li, table 1: regret, \(replications) replications")
    var regrets: [ItemWorld.Rule: Moments] = [:]
    for rule in ItemWorld.Rule.allCases {
      for (place, delay) in delays.enumerated() {
        for reading in delay == 1 ? [.batch] : ItemWorld.Reading.allCases {
          let found = Moments(
            try await concurrently(replications) {
              ItemWorld(rule, index: $0).regret(delay: delay, reading)
            })
          if delay == 1 { regrets[rule] = found }
          let what = "\(rule), δ = \(delay), \(reading)"
          if let mean = independent(rule, reading)[delay] {
            table.add(
              StudyRow(
                what: what, source: "C++", reference: mean, referenceError: 0.01 * mean,
                found: found.mean, error: found.standardError, criterion: .standardErrors(4)))
          }
          guard let figure = published[rule]?[place] else { continue }
          let isReproduced =
            rule == .thompson && (delay <= 10 || delay == 1_000 && reading == .late)
          table.add(
            StudyRow(
              what: what, source: "published", reference: figure, found: found.mean,
              error: found.standardError,
              criterion: isReproduced ? .range(0.92 * figure...1.08 * figure) : .shown))
        }
      }
    }
    if let thompson = regrets[.thompson], let ucb = regrets[.ucb] {
      table.add(
        StudyRow(
          what: "UCB over TS, δ = 1", source: "published", reference: 2.65,
          found: ucb.mean / thompson.mean, error: 0, criterion: .range(2.5...Double.infinity)))
    }
    return table.failures
  }
}
