internal import Inference

/// The type-I error of every test of two tallies and the coverage of every interval, by enumeration.
struct ExactPart {
  let effort: Effort
  /// The name of the test that alone is enumerated; nil is all of them, and the intervals.
  let only: String?

  private static let rates = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]

  /// One test at one pair of sizes: a task.
  private typealias Job = @Sendable () -> [CalibrationRow]

  func rows(threads: Int) async -> [CalibrationRow] {
    await withTaskGroup(of: (Int, [CalibrationRow]).self) { group in
      let jobs = testJobs + exactJobs + (only == nil ? intervalJobs + oneArmJobs : [])
      var (next, results) = (0, jobs.map { _ in [CalibrationRow]() })
      func startNext() {
        guard next < jobs.count else { return }
        let index = next
        next += 1
        group.addTask { (index, jobs[index]()) }
      }
      for _ in 0..<max(1, threads) { startNext() }
      for await (index, rows) in group {
        results[index] = rows
        startNext()
      }
      return results.flatMap { $0 }
    }
  }

  /// Equal arms, and arms of one to nine.
  private var sizes: [(offer: Int, control: Int)] {
    effort(
      [(20, 20), (100, 100), (20, 180)],
      [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 20_000].map { ($0, $0) }
        + [(20, 180), (200, 1_800), (2_000, 18_000)])
  }

  /// No effect, and up to 2,000 sessions an arm effects by half of the control's rate.
  private func plan(_ size: (offer: Int, control: Int)) -> ExactCalibration {
    let nulls = Self.rates.map { ExactCalibration.Rates($0) }
    let effects = Self.rates.map {
      ExactCalibration.Rates(offer: (1_500 * $0).rounded() / 1_000, control: $0)
    }
    return ExactCalibration(
      offer: size.offer, control: size.control,
      rates: nulls + (size.control <= 2_000 ? effects : []))
  }

  private var testJobs: [Job] {
    chosen(LiftCatalogue.proportions + LiftCatalogue.sequentialProportions).flatMap { entry in
      // An exact p-value costs O(√n), its interval some tens of them.
      let isConditional = entry.name.hasPrefix("fisher")
      return sizes.filter { !isConditional || $0.control <= 5_000 }.map { size -> Job in
        { plan(size).rows(of: entry, intervals: size.control <= (isConditional ? 500 : 2_000)) }
      }
    }
  }

  private func chosen(_ entries: [LiftCatalogue.Entry<Tally>]) -> [LiftCatalogue.Entry<Tally>] {
    entries.filter { only == nil || $0.name == only }
  }

  /// P-values of O(N^1.5): every table of small arms, with intervals of the least; then the edges alone of
  /// the tests whose regions have one.
  private var exactJobs: [Job] {
    chosen(LiftCatalogue.exact).flatMap { entry in
      let tables = effort([10], [10, 20]).map { size -> Job in
        { plan((size, size)).rows(of: entry, intervals: size == 10) }
      }
      let sizes = effort([(40, 40)], [(50, 50), (20, 80), (100, 100), (200, 200)])
      if entry.name == "boschlooMinimumLikelihood" {
        return tables
          + sizes.filter { $0.1 <= 80 }.map { size -> Job in
            { plan(size).rows(of: entry, intervals: false) }
          }
      }
      return tables + sizes.map { size -> Job in { plan(size).rowsByEdge(of: entry) } }
    }
  }

  private var intervalJobs: [Job] {
    typealias Method = @Sendable (Tally, Tally) -> Interval
    let differences: [(String, Method)] = [
      (NewcombeInterval.name, NewcombeInterval().difference),
      (AgrestiCaffoInterval.name, AgrestiCaffoInterval().difference),
      ("control: Wald difference", WaldInterval().difference),
    ]
    let lifts: [(String, Method)] = [
      (AdjustedLogInterval.name, AdjustedLogInterval().lift),
      (InverseSinhInterval.name, InverseSinhInterval().lift),
      (DeltaLiftInterval.name, DeltaLiftInterval().lift),
    ]
    func jobs(_ methods: [(String, Method)], _ scale: TestDescription.Scale) -> [Job] {
      methods.flatMap { name, method in
        sizes.filter { $0.control <= 2_000 }.map { size -> Job in
          { plan(size).coverage(of: name, scale: scale, method) }
        }
      }
    }
    let exact: [Job] = [
      {
        plan((10, 10)).coverage(
          of: ChanZhangInterval.name, scale: .difference, ChanZhangInterval().difference)
      },
      {
        plan((10, 10)).coverage(
          of: AgrestiMinInterval.name, scale: .difference, AgrestiMinInterval().difference)
      },
      {
        plan((10, 10)).coverage(
          of: SantnerSnellInterval.name, scale: .difference, SantnerSnellInterval().difference)
      },
    ]
    return jobs(differences, .difference) + jobs(lifts, .relativeLift) + exact
  }

  private var oneArmJobs: [Job] {
    let methods: [(String, @Sendable (Tally) -> Interval)] = [
      (WilsonInterval.name, WilsonInterval().proportion),
      (ClopperPearsonInterval.name, ClopperPearsonInterval().proportion),
      (MidPInterval.name, MidPInterval().proportion),
      (JeffreysInterval.name, JeffreysInterval().proportion),
      (AgrestiCoullInterval.name, AgrestiCoullInterval().proportion),
    ]
    // A thousand rates, for coverage is a saw-tooth in the rate.
    let rates = (0..<effort(100, 1_000)).map { (Double($0) + 0.5) / (2 * effort(100.0, 1_000)) }
    return methods.flatMap { name, method in
      effort([20, 100], [20, 50, 100, 200, 1_000, 5_000, 20_000]).map { size -> Job in
        { BinomialCoverage(trials: size, rates: rates).rows(of: name, method) }
      }
    }
  }
}
