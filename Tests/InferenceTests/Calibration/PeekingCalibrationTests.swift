import Inference
import Probability
import Testing

/// What looking again and again does to tests that are made for it, and to one that is not.
@Suite struct PeekingCalibrationTests {
  /// The positive control: five looks at 1.96 reject 14.17 % of true nulls (Armitage, McPherson and Rowe
  /// 1969: 0.142), twenty 24.79 %.
  @Test(arguments: [(5, 0.14169), (20, 0.24791)])
  func naivePeekingFails(_ looks: Int, _ error: Double) async {
    let rows = await PeekingCalibration(replications: 20_000, seed: 4_110)
      .rows(of: .naive(looks: looks), threads: 2)
    #expect(rows.count == 1 && rows[0].verdict == .exceeds)
    let monteCarlo = (error * (1 - error) / 20_000).squareRoot()
    #expect(abs(rows[0].observed - error) < 3.89 * monteCarlo)
  }

  /// Group-sequential designs spend all of their error: simulated it is 5 %, neither more nor less.
  @Test func designsSpendTheirError() async {
    let uneven = GroupSequentialDesign(times: [0.1, 0.35, 0.5, 0.9, 1], spending: .pocock)
    for procedure in [
      PeekingProcedure.groupSequential("pocock", .pocock(looks: 5)),
      .groupSequential("obrienFleming", .obrienFleming(looks: 5)),
      .groupSequential("uneven", uneven),
    ] {
      let rows = await PeekingCalibration(replications: 20_000, seed: 4_111).rows(of: procedure)
      #expect(abs(rows[0].observed - 0.05) < 3.89 * (0.05 * 0.95 / 20_000).squareRoot())
    }
  }

  static let sequences: [PeekingProcedure] =
    LiftCatalogue.sequentialProportions.map { .tallies($0, rate: 0.1, looks: 400) }
    + LiftCatalogue.sequentialMeans.map {
      .means($0, of: .normal(mean: 10, deviation: 1), looks: 400, from: 10)
    } + [
      .mixture(
        "normal", NormalMixture(tunedFor: 200), law: "normal", looks: 400,
        increment: { (StandardNormal.draw(using: &$0), 1) }),
      .mixture(
        "gammaExponential", GammaExponentialMixture(tunedFor: 50, scale: 1), law: "exponential",
        looks: 100, increment: { (OutcomeLaw.exponential(mean: 1).draw(using: &$0) - 1, 1) }),
      .bernoulliSequence(tunedFor: 200, rate: 0.1, looks: 400), .betting(power: 2, looks: 100),
    ]

  @Test(arguments: sequences.indices)
  func sequencesKeepTheirErrorAtAnyLook(_ index: Int) async throws {
    let rows = await PeekingCalibration(replications: 300, seed: 4_112)
      .rows(of: Self.sequences[index])
    for row in rows { #expect(row.verdict == .holds, "\(row)") }
    // An interval that inverts its test misses where it rejects.
    if rows.count == 2 { #expect(rows[1].observed <= rows[0].observed) }
  }

  @Test func theSampleRatioKeepsItsErrorAtAnyLook() async throws {
    let procedure = try PeekingProcedure.sampleRatio(weights: [0.8, 0.1, 0.1], looks: 500)
    let calibration = PeekingCalibration(replications: 2_000, seed: 4_113)
    let one = await calibration.rows(of: procedure)
    #expect(one[0].verdict == .holds && one[0].observed > 0.003)
    #expect(await calibration.rows(of: procedure, threads: 3) == one)
  }
}
