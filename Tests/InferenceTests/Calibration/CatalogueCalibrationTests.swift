import Inference
import Testing

/// Size and coverage of every test of two tallies, by enumeration.
@Suite struct CatalogueCalibrationTests {
  static let rates = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]
  static let exact = LiftCatalogue.proportions.filter {
    CalibrationStandard.promised(by: $0.name) == .exact
  }

  static func plan(_ offer: Int, _ control: Int) -> ExactCalibration {
    ExactCalibration(offer: offer, control: control, rates: rates.map { .init($0) })
  }

  static func worst(
    _ rows: [CalibrationRow], _ quantity: CalibrationRow.Quantity
  ) -> Double {
    rows.filter { $0.quantity == quantity }.map(\.error).max() ?? 0
  }

  // Sizes of the pooled z test at 5 %, two-sided, greater and less, by enumeration in NumPy 2 with SciPy
  // 1.17.1's binomial masses.
  @Test(arguments: [
    (50, 50, 0.1, [0.05057461432345222, 0.05201634287053821, 0.05201634287053821]),
    (200, 200, 0.01, [0.04049681252225631, 0.05853217331218215, 0.05853217331218215]),
    (200, 200, 0.5, [0.0510402289447934, 0.04941091755175276, 0.04941091755175276]),
    (20, 180, 0.05, [0.0448879379003966, 0.0717015687390247, 3.8491974816576e-05]),
    (1_000, 1_000, 0.02, [0.051511716311036, 0.049430242977198, 0.049430242977198]),
  ])
  func sizesAreThoseOfAnEnumerationElsewhere(
    _ offer: Int, _ control: Int, _ rate: Double, _ sizes: [Double]
  ) throws {
    let entry = try #require(LiftCatalogue.proportions.first { $0.name == "pooledZ" })
    // A second pair of rates shares the tables and changes nothing.
    let plan = ExactCalibration(
      offer: offer, control: control, rates: [.init(rate), .init(offer: 0.6, control: 0.5)])
    let rows = plan.rows(of: entry)
    for (row, size) in zip(rows, sizes) { #expect(abs(row.observed - size) < 1e-11) }
    #expect(rows.count == 5 && rows[4].scenario == "0.5 against 0.6")
  }

  @Test(arguments: exact, [(20, 20), (50, 50), (20, 80), (200, 200)])
  func exactTestsAreNeverAboveTheirLevel(
    _ entry: LiftCatalogue.Entry<Tally>, _ sizes: (Int, Int)
  ) {
    let rows = Self.plan(sizes.0, sizes.1).rows(of: entry, intervals: sizes.1 <= 50)
    #expect(rows.count >= 3 * Self.rates.count)
    for row in rows { #expect(row.verdict == .holds, "\(row)") }
  }

  /// The tests of the exact catalogue, by the edge of their regions; at seven sessions by every table too,
  /// with their intervals.
  @Test(arguments: LiftCatalogue.exact)
  func unconditionalTestsAreNeverAboveTheirLevel(_ entry: LiftCatalogue.Entry<Tally>) {
    for row in Self.plan(40, 40).rowsByEdge(of: entry) { #expect(row.verdict == .holds, "\(row)") }
    let plan = Self.plan(7, 7)
    let all = plan.rows(of: entry)
    for row in all { #expect(row.verdict == .holds, "\(row)") }
    for edge in plan.rowsByEdge(of: entry) {
      let other = all.first { $0.quantity == edge.quantity && $0.rate == edge.rate }
      #expect(abs((other?.observed ?? 1) - edge.observed) < 1e-11, "\(edge)")
    }
  }

  /// An interval that inverts its test misses exactly as often as the test rejects. Arms of one size
  /// have tables in which the successes of one are the failures of the other, where formulas degenerate.
  @Test(arguments: LiftCatalogue.proportions, [(30, 30), (30, 70)])
  func anIntervalThatInvertsItsTestMissesAsOftenAsItRejects(
    _ entry: LiftCatalogue.Entry<Tally>, _ sizes: (Int, Int)
  ) throws {
    let (offer, control) = (Tally(successes: 3, trials: 9), Tally(successes: 5, trials: 9))
    guard try entry.compare(offer, control).method.intervalInvertsTest else { return }
    let rows = Self.plan(sizes.0, sizes.1).rows(of: entry)
    for size in rows where size.quantity == .typeIError {
      let coverage = rows.first { $0.quantity == .coverage && $0.rate == size.rate }
      #expect(abs((coverage?.error ?? 1) - size.error) < 1e-11, "\(size)")
    }
  }

  /// The worst size and the worst coverage over the rates, of 100 sessions an arm: what the approximations
  /// of the catalogue are worth, pinned.
  static let bands: [(String, size: Double, coverage: Double)] = [
    ("pooledZ", 0.055966, 0.944034), ("pooledZYates", 0.040037, 0.944034),
    ("unpooledZ", 0.055966, 0.944034), ("unpooledZYates", 0.040037, 0.959963),
    ("likelihoodRatio", 0.094659, 0.905341), ("miettinenNurminen", 0.055966, 0.944034),
    ("farringtonManning", 0.055966, 0.944034), ("logRatio", 0.047071, 0.952929),
    ("koopman", 0.055966, 0.944034), ("fieller", 0.055966, 0.944034),
    ("woolf", 0.055966, 0.944034), ("gart", 0.055966, 0.944034),
    ("scoreOddsRatio", 0.055966, 0.944034), ("fisherMidP", 0.055966, 0.944034),
    ("alwaysValid", 0.000002, 0.999998), ("alwaysValidLift", 0.009809, 0.990191),
  ]

  @Test(arguments: bands)
  func approximateTestsAreInTheirBands(_ name: String, size: Double, coverage: Double) throws {
    let entries = LiftCatalogue.proportions + LiftCatalogue.sequentialProportions
    let entry = try #require(entries.first { $0.name == name })
    let rows = Self.plan(100, 100).rows(of: entry)
    #expect(abs(Self.worst(rows, .typeIError) - size) < 6e-7)
    #expect(abs(1 - Self.worst(rows, .coverage) - coverage) < 6e-7)
  }

  @Test func everyTestOfTalliesHasABandOrIsExact() {
    let names = LiftCatalogue.proportions + LiftCatalogue.sequentialProportions
    let known = Set(Self.bands.map { $0.0 } + Self.exact.map(\.name))
    #expect(Set(names.map(\.name)) == known)
  }

  @Test func everyExactTestIsInACatalogue() {
    let names =
      (LiftCatalogue.proportions + LiftCatalogue.exact).map(\.name)
      + LiftCatalogue.strata.map(\.name) + LiftCatalogue.samples.map(\.name)
      + [
        ClopperPearsonInterval.name, ChanZhangInterval.name, AgrestiMinInterval.name,
        SantnerSnellInterval.name,
      ]
    #expect(CalibrationStandard.exactTests.isSubset(of: names))
  }

  /// The positive control: Wald's interval at small rates, and the likelihood-ratio test.
  @Test func whatIsNotCalibratedIsSeen() throws {
    let wald = Self.plan(100, 100)
      .coverage(of: "Wald", scale: .difference, WaldInterval().difference)
    #expect(wald.contains { $0.verdict == .exceeds } == false)
    let small = Self.plan(20, 180)
      .coverage(of: "Wald", scale: .difference, WaldInterval().difference)
    #expect(small.contains { $0.verdict == .exceeds })
    let entry = try #require(LiftCatalogue.proportions.first { $0.name == "likelihoodRatio" })
    #expect(Self.plan(100, 100).rows(of: entry).contains { $0.verdict == .exceeds })
  }
}
