internal import Inference

/// Tests of data that cannot be enumerated, each kind beside a control that must fail.
struct SimulatedPart {
  let effort: Effort

  func rows(threads: Int) async -> [CalibrationRow] {
    await means(threads) + samples(threads) + customers(threads) + strata(threads)
      + survival(threads)
  }

  private func simulation(
    _ seed: UInt64, sessions: Int, per budget: Int = 10_000_000, most: Int = 20_000
  ) -> SimulatedCalibration {
    let replications = max(1_000, min(most, budget / sessions))
    return SimulatedCalibration(replications: effort(replications / 20, replications), seed: seed)
  }

  private var sizes: [Int] { effort([20, 200], [20, 50, 200, 2_000, 20_000]) }

  private func means(_ threads: Int) async -> [CalibrationRow] {
    let laws: [(offer: OutcomeLaw, control: OutcomeLaw)] = [
      (.normal(mean: 10, deviation: 1), .normal(mean: 10, deviation: 1)),
      (.normal(mean: 11, deviation: 4), .normal(mean: 10, deviation: 1)),
      (.exponential(mean: 1), .exponential(mean: 1)),
      (.lognormal(sigma: 2), .lognormal(sigma: 2)),
      (.bernoulli(rate: 0.05), .bernoulli(rate: 0.05)),
    ]
    var rows: [CalibrationRow] = []
    for (seed, law) in laws.enumerated() {
      for size in sizes {
        let world = CalibrationWorld<Moments>.means(
          offer: law.offer, size, control: law.control, size)
        rows += await simulation(5_000 + UInt64(seed), sessions: size).rows(
          of: LiftCatalogue.means + LiftCatalogue.sequentialMeans, in: world, threads: threads)
      }
    }
    // Fewer sessions where outcomes vary more, and many where they are skewed: equal arms forgive both.
    for law in [OutcomeLaw.exponential(mean: 1), .lognormal(sigma: 2)] {
      let world = CalibrationWorld<Moments>.means(offer: law, 200, control: law, 1_800)
      rows += await simulation(5_010, sessions: 1_000).rows(
        of: LiftCatalogue.means, in: world, threads: threads)
    }
    let unequal = CalibrationWorld<Moments>.means(
      offer: .normal(mean: 10, deviation: 4), 20, control: .normal(mean: 10, deviation: 1), 180)
    return rows
      + (await simulation(5_011, sessions: 100).rows(
        of: LiftCatalogue.means.filter { $0.name == "welch" } + [
          CalibrationControls.pooledVariance
        ],
        in: unequal, threads: threads))
  }

  private func samples(_ threads: Int) async -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    let laws: [OutcomeLaw] = [
      .normal(mean: 0, deviation: 1), .exponential(mean: 1), .lognormal(sigma: 2),
    ]
    for (seed, law) in laws.enumerated() {
      for size in effort([20], [20, 200, 2_000]) {
        let world = CalibrationWorld<[Double]>.samples(of: law, size, size)
        let (quick, slow) = (
          LiftCatalogue.samples.filter { $0.name != "permutation" },
          LiftCatalogue.samples.filter { $0.name == "permutation" }
        )
        rows += await simulation(5_020 + UInt64(seed), sessions: size, per: 1_000_000, most: 10_000)
          .rows(of: quick + [CalibrationControls.outliersDropped], in: world, threads: threads)
        guard size <= 200 else { continue }
        rows += await simulation(5_020 + UInt64(seed), sessions: size, per: 40_000, most: 1_000)
          .rows(of: slow, in: world, intervals: size == 20, threads: threads)
      }
    }
    return rows
  }

  private func customers(_ threads: Int) async -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    for size in effort([20, 200], [20, 50, 200, 2_000]) {
      for rate in [0.05, 0.3] {
        let simulation = simulation(5_030, sessions: 5 * size, per: 2_500_000, most: 10_000)
        rows += await simulation.rows(
          of: LiftCatalogue.clusters + [CalibrationControls.sessionsAsIndependent],
          in: .customers(rate: rate, correlation: 0.3, offer: size, control: size),
          threads: threads)
        rows += await simulation.rows(
          of: LiftCatalogue.ratios,
          in: .ratios(rate: rate, correlation: 0.3, offer: size, control: size), threads: threads)
      }
    }
    return rows
  }

  private func strata(_ threads: Int) async -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    for factor in effort([1, 10], [1, 3, 10, 100]) {
      let world = CalibrationWorld<StratifiedTally>.strata([
        (16 * factor, 4 * factor, 0.05), (10 * factor, 10 * factor, 0.2),
        (4 * factor, 16 * factor, 0.5),
      ])
      rows += await simulation(5_040, sessions: 1_000 * factor, most: 5_000).rows(
        of: LiftCatalogue.strata + [CalibrationControls.strataIgnored], in: world,
        intervals: factor <= 10, threads: threads)
    }
    return rows
  }

  private func survival(_ threads: Int) async -> [CalibrationRow] {
    var rows: [CalibrationRow] = []
    for size in effort([20, 200], [20, 50, 200, 2_000, 20_000]) {
      rows += await simulation(5_050, sessions: size, per: 2_000_000, most: 10_000).rows(
        of: LiftCatalogue.survival + [CalibrationControls.customersTwice],
        in: .windows(hazard: 0.03, offer: size, control: size), threads: threads)
    }
    return rows
  }
}
