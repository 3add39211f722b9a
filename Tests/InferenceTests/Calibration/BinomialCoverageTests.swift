import Inference
import Testing

/// Coverage of intervals of one proportion, by enumeration.
@Suite struct BinomialCoverageTests {
  // By enumeration in NumPy 2 with SciPy 1.17.1's binomial masses and beta quantiles.
  @Test(arguments: [
    (20, 0.1, 0.9568255047155366, 0.9887468658354911, 0.8760372560004648),
    (50, 0.02, 0.9215722516490313, 0.9822419193020286, 0.6353521026986694),
    (100, 0.3, 0.9371897486104614, 0.9625485707542055, 0.9501801708754681),
  ])
  func coverageIsThatOfAnEnumerationElsewhere(
    _ n: Int, _ p: Double, _ wilson: Double, _ clopperPearson: Double, _ wald: Double
  ) {
    let plan = BinomialCoverage(trials: n, rates: [p, 0.5])
    let rows = [
      plan.rows(of: WilsonInterval.name, WilsonInterval().proportion)[0],
      plan.rows(of: ClopperPearsonInterval.name, ClopperPearsonInterval().proportion)[0],
      plan.rows(of: "Wald") { tally in
        let (share, n) = (tally.proportion, Double(tally.trials))
        let margin = 1.959963984540054 * (share * (1 - share) / n).squareRoot()
        return Interval(lower: share - margin, upper: share + margin)
      }[0],
    ]
    for (row, coverage) in zip(rows, [wilson, clopperPearson, wald]) {
      #expect(abs(row.observed - coverage) < 1e-12)
    }
    #expect(rows[1].verdict == .holds)
    // The positive control.
    if p < 0.3 { #expect(rows[2].verdict == .exceeds) }
  }

  @Test(arguments: [20, 50, 200, 1_000])
  func clopperPearsonCoversAtAnyRate(_ n: Int) {
    let rates = (1..<500).map { Double($0) / 1_000 }
    let rows = BinomialCoverage(trials: n, rates: rates)
      .rows(of: ClopperPearsonInterval.name, ClopperPearsonInterval().proportion)
    #expect(rows.allSatisfy { $0.verdict == .holds })
  }
}
