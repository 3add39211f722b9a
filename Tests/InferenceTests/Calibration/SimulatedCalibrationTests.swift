import Inference
import Testing

/// Tests of data that cannot be enumerated, in a small simulation, each kind beside a control that fails.
///
/// A size of 6 % from 1,000 replications has a Monte Carlo error of 0.75 percentage points; a row fails at
/// 3.89 of them above it.
@Suite struct SimulatedCalibrationTests {
  static let simulation = SimulatedCalibration(replications: 1_000, seed: 4_100)

  /// Every test keeps its level, and every one but the always-valid rejects now and then; the control does
  /// not keep it.
  static func check(
    _ rows: [CalibrationRow], tests: Int, control: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for row in rows where row.test != control {
      #expect(row.verdict == .holds, "\(row)", sourceLocation: sourceLocation)
      if row.quantity == .typeIError, !row.test.hasPrefix("alwaysValid") {
        #expect(row.observed > 0.015, "\(row)", sourceLocation: sourceLocation)
      }
    }
    #expect(Set(rows.map(\.test)).count == tests, sourceLocation: sourceLocation)
    guard let control else { return }
    let fails = rows.contains { $0.test == control && $0.verdict == .exceeds }
    #expect(fails, "the control has to fail", sourceLocation: sourceLocation)
  }

  @Test func means() async {
    let tests = LiftCatalogue.means + LiftCatalogue.sequentialMeans
    for (offer, control) in [
      (OutcomeLaw.normal(mean: 11, deviation: 4), OutcomeLaw.normal(mean: 10, deviation: 1)),
      (.exponential(mean: 1), .exponential(mean: 1)),
    ] {
      let rows = await Self.simulation.rows(
        of: tests, in: .means(offer: offer, 200, control: control, 200))
      Self.check(rows, tests: tests.count)
    }
    let welch = LiftCatalogue.means.filter { $0.name == "welch" }
    let rows = await Self.simulation.rows(
      of: welch + [CalibrationControls.pooledVariance],
      in: .means(
        offer: .normal(mean: 0, deviation: 4), 20, control: .normal(mean: 0, deviation: 1), 180))
    Self.check(rows, tests: 2, control: CalibrationControls.pooledVariance.name)
  }

  @Test func samples() async {
    let quick = LiftCatalogue.samples.filter { $0.name != "permutation" }
    let world = CalibrationWorld<[Double]>.samples(of: .normal(mean: 0, deviation: 1), 40, 40)
    let rows = await Self.simulation.rows(
      of: quick + [CalibrationControls.outliersDropped], in: world)
    Self.check(rows, tests: quick.count + 1, control: CalibrationControls.outliersDropped.name)
    let permutation = LiftCatalogue.samples.filter { $0.name == "permutation" }
    let slow = await SimulatedCalibration(replications: 100, seed: 4_101).rows(
      of: permutation, in: .samples(of: .exponential(mean: 1), 15, 15), intervals: false)
    #expect(slow.count == 3 && slow.allSatisfy { $0.verdict == .holds })
  }

  @Test func customers() async {
    let rows = await Self.simulation.rows(
      of: LiftCatalogue.clusters + [CalibrationControls.sessionsAsIndependent],
      in: .customers(rate: 0.3, correlation: 0.3, offer: 100, control: 100))
    Self.check(
      rows, tests: LiftCatalogue.clusters.count + 1,
      control: CalibrationControls.sessionsAsIndependent.name)
    let ratios = await Self.simulation.rows(
      of: LiftCatalogue.ratios,
      in: .ratios(rate: 0.3, correlation: 0.3, offer: 100, control: 100))
    Self.check(ratios, tests: LiftCatalogue.ratios.count)
  }

  @Test func strata() async {
    let rows = await Self.simulation.rows(
      of: LiftCatalogue.strata + [CalibrationControls.strataIgnored],
      in: .strata([(160, 40, 0.05), (100, 100, 0.2), (40, 160, 0.5)]))
    Self.check(
      rows, tests: LiftCatalogue.strata.count + 1, control: CalibrationControls.strataIgnored.name)
  }

  @Test func survival() async {
    let rows = await Self.simulation.rows(
      of: LiftCatalogue.survival + [CalibrationControls.customersTwice],
      in: .windows(hazard: 0.03, offer: 200, control: 200))
    Self.check(
      rows, tests: LiftCatalogue.survival.count + 1,
      control: CalibrationControls.customersTwice.name)
  }

  @Test func rowsDoNotDependOnThreads() async {
    let world = CalibrationWorld<LifeTable>.windows(hazard: 0.03, offer: 30, control: 30)
    let simulation = SimulatedCalibration(replications: 300, seed: 4_102)
    let one = await simulation.rows(of: LiftCatalogue.survival, in: world)
    for threads in [2, 7] {
      let more = await simulation.rows(of: LiftCatalogue.survival, in: world, threads: threads)
      #expect(more == one)
    }
  }
}
