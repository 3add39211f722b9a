import Bandits
import Inference
import StudyTables

/// Regret of Thompson sampling and UCB that learn every 100 sessions; one arm of 0.5, the others ε below.
///
/// The paper has curves alone. The reference is an independent C++ program with xoshiro256** and Marsaglia–Tsang
/// draws, of 50 replications, 10 where there are 100 arms.
///
/// Reference: Chapelle and Li (2011), *NIPS* 24, figure 1.
enum FigureOne {
  /// Regrets and standard errors after 10³, 10⁴, 10⁵ and 10⁶ sessions; no error where none was stated.
  private struct Setting {
    let armCount: Int
    let gap: Double
    let isThompson: Bool
    let regrets: [(Double, Double?)]
  }

  private static let settings = [
    Setting(
      armCount: 10, gap: 0.1, isThompson: true,
      regrets: [(68.1, 2.1), (155.5, 4.6), (243.9, 5.5), (337.5, 6.6)]),
    Setting(
      armCount: 10, gap: 0.1, isThompson: false,
      regrets: [(89.3, 0.2), (380.5, 6.3), (593.5, 9.6), (752.1, 11.6)]),
    Setting(
      armCount: 10, gap: 0.02, isThompson: true,
      regrets: [(17.3, 0.3), (156.8, 4.3), (672.5, 40.9), (1_433, 380)]),
    Setting(
      armCount: 10, gap: 0.02, isThompson: false,
      regrets: [(18.0, 0.1), (168.4, 1.6), (1_154, 22), (2_497, 50)]),
    Setting(
      armCount: 100, gap: 0.1, isThompson: true,
      regrets: [(98.5, 0.4), (940.5, 9.6), (2_587, 50), (3_729, 49)]),
    Setting(
      armCount: 100, gap: 0.1, isThompson: false,
      regrets: [(97.7, 1.0), (989.0, 1.0), (6_117, 77), (8_142, 71)]),
    Setting(
      armCount: 100, gap: 0.02, isThompson: true,
      regrets: [(19.8, nil), (196.5, nil), (1_936, nil), (10_577, 267)]),
    Setting(
      armCount: 100, gap: 0.02, isThompson: false,
      regrets: [(19.8, nil), (197.9, nil), (1_971, nil), (18_257, 106)]),
  ]

  static func run(replications: Int, horizon: Int) async throws -> Int {
    var table = StudyTable("Chapelle and Li, figure 1: regret, \(replications) replications")
    for setting in settings {
      let world = try BernoulliWorld(
        rates: [0.5] + Array(repeating: 0.5 - setting.gap, count: setting.armCount - 1))
      var simulation = Simulation(
        replications: replications, horizon: horizon,
        checkpoints: [1_000, 10_000, 100_000, 1_000_000].filter { $0 <= horizon }, seed: 2011)
      simulation.batchSize = 100
      let curve =
        setting.isThompson
        ? await simulation.run(
          ThompsonSampling(armCount: setting.armCount), in: world, threads: 2)
        : await simulation.run(ChernoffUCB(armCount: setting.armCount), in: world, threads: 2)
      for (point, reference) in zip(curve.points, setting.regrets) {
        table.add(
          StudyRow(
            what:
              "\(setting.isThompson ? "TS" : "UCB"), K = \(setting.armCount), ε = \(setting.gap), "
              + "T = \(point.time)",
            source: "C++", reference: reference.0, referenceError: reference.1 ?? 0,
            found: point.regret.mean, error: point.regret.standardError,
            // Where no error was stated, a hundredth is as good as the figure's digits.
            criterion: reference.1 == nil
              ? .range(0.99 * reference.0...1.01 * reference.0) : .standardErrors(4)))
      }
      if setting.isThompson, horizon == 1_000_000, setting.armCount == 10, setting.gap == 0.1 {
        let slope = (curve.points[3].regret.mean - curve.points[2].regret.mean) / 2.302_585
        table.add(
          StudyRow(
            what: "slope from T = 10⁵ to 10⁶ per unit of ln T", source: "Lai and Robbins",
            reference: world.laiRobbinsSlope, found: slope, error: 0,
            criterion: .range(0.8 * world.laiRobbinsSlope...1.1 * world.laiRobbinsSlope)))
      }
    }
    return table.failures
  }
}
