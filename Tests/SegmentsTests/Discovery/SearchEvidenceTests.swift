import Inference
import Probability
import Segments
import TestSupport
import Testing

/// What a search says beside its findings: calibration, stability, and what it could have seen.
@Suite struct SearchEvidenceTests {
  static let strong = SegmentWorld(effectOnAnnual: 0.3, effectElsewhere: 0)

  @Test func aRealSegmentIsBeyondChanceAndStable() throws {
    let data = try Self.strong.log(sessions: 4_000, seed: 1)
    let search = SegmentSearch()
    let calibration = try SearchCalibration(of: search, data, baseline: 0, deals: 99)
    #expect(calibration.pValue == 0.01)
    #expect(calibration.greatest > (try #require(calibration.criticalValue(0.05))))
    let annual = Rule([Condition("plan", .level("annual"))])
    let north = Rule([Condition("region", .level("north"))])
    let stability = try search.stability(of: [annual, north], data, baseline: 0)
    #expect(stability[0] == 1 && stability[1] < 0.3)
  }

  /// A deal is a search of a shuffled log: counted in cells or row by row.
  @Test func cellsChangeNothing() throws {
    let data = try Self.strong.log(sessions: 1_500, seed: 2)
    var search = SegmentSearch()
    search.minimumSessions = 30
    let one = try SearchCalibration(of: search, data, baseline: 0, deals: 3, seed: 5)
    var maxima: [Double] = []
    for deal in 1...3 as ClosedRange<UInt64> {
      var rng = Philox(StreamKey(seed: 5, purpose: .permutation, index: deal))
      var rows = Array(data.arms.indices)
      for place in stride(from: rows.count - 1, to: 0, by: -1) {
        rows.swapAt(place, rng.index(below: place + 1))
      }
      let dealt = try SegmentData(
        arms: rows.map { data.arms[$0] }, armNames: data.armNames,
        rewards: rows.map { data.rewards[$0] }, covariates: data.covariates, units: data.units)
      maxima.append(
        try SearchCalibration(of: search, dealt, baseline: 0, deals: 1).greatest)
    }
    for (a, b) in zip(one.maxima, maxima.sorted()) { #expect(relativeError(a, b) < 1e-9) }
  }

  /// Under the null a p-value of at most 0.1 has that chance: of 100 logs Binomial(100, 0.1) exceeds
  /// 22 with probability 1e-4.
  @Test func chanceIsSeldomSurprising() throws {
    var search = SegmentSearch()
    (search.minimumSessions, search.depth) = (20, 1)
    var surprising = 0
    for seed in 0..<UInt64(100) {
      let data = try SegmentWorld().log(sessions: 500, seed: seed)
      let calibration = try SearchCalibration(
        of: search, data, baseline: 0, deals: 19, seed: seed)
      if calibration.pValue <= 0.1 { surprising += 1 }
    }
    #expect(surprising <= 22)
  }

  /// δ by hand: two arms of shares p and n, half of the sessions inside.
  @Test func nothingFoundSaysWhatWouldHaveBeen() throws {
    var search = SegmentSearch()
    search.seed = 3
    let data = try SegmentWorld(effectOnAnnual: 0, effectElsewhere: 0).log(sessions: 3_000, seed: 8)
    let report = try search.run(data, baseline: 0)
    #expect(report.discoveries.isEmpty)
    #expect(report.description.hasPrefix("no segment found; a difference of "))
    let detectable = try #require(report.detectable.first)
    #expect(detectable.tests == report.findings.count { $0.measurement != nil })
    // About √(4 · 2 · 0.21/750) times the sum of two quantiles.
    let margin =
      StandardNormal.upperQuantile(0.025 / Double(detectable.tests))
      + StandardNormal.upperQuantile(0.2)
    let rough = margin * (4 * 2 * 0.21 / 750).squareRoot()
    #expect(relativeError(detectable.difference, rough) < 0.1)
    #expect(relativeError(detectable.difference(share: 0.1), detectable.difference / 0.6) < 1e-12)
  }
}
