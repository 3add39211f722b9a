import Inference
import Segments
import Testing

/// In a world where the offer works on everyone alike, the search finds nothing that is not there.
@Suite struct SearchCalibrationTests {
  @Test func falseDiscoveriesKeepToTheirLevel() throws {
    let logs = 400
    var search = SegmentSearch()
    search.minimumSessions = 30
    var (alarms, findings, covered) = (0, 0, 0)
    for seed in 0..<UInt64(logs) {
      search.seed = seed
      let report = try search.run(SegmentWorld().log(sessions: 1_200, seed: seed), baseline: 0)
      if !report.discoveries.isEmpty { alarms += 1 }
      for case let measurement? in report.findings.map(\.measurement) {
        findings += 1
        if measurement.interaction.interval.contains(0) { covered += 1 }
      }
    }
    // Binomial(400, 0.05) exceeds 37 with probability 1e-4.
    #expect(alarms <= 37)
    // Findings of one log share its sessions, so the band is that of 400 and not of all findings.
    #expect(abs(Double(covered) / Double(findings) - 0.95) < 4 * (0.95 * 0.05 / 400).squareRoot())
  }
}
