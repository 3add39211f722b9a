import Bandits
import Testing

/// How often 95 % intervals hold the known value, and whether the audit abstains where they do not.
///
/// Over 2,000 logs a coverage of 95 % has a standard error of 0.49 points; `bandit-studies coverage` runs more.
@Suite struct CoverageTests {
  static let logs = 2_000

  @Test(arguments: CoverageDesign.names)
  func intervalsCoverAtModerateSizes(_ name: String) throws {
    let result = try CoverageDesign.moderate.coverage(name, logs: Self.logs)
    // Within 94 to 96 %, and three standard errors of the study.
    let error = (0.95 * 0.05 / Double(Self.logs)).squareRoot()
    #expect(abs(result.covered - 0.95) < 0.01 + 3 * error, "\(result)")
    #expect(result.passed >= 0.95, "\(result)")
  }

  @Test(arguments: ["ips", "snips", "dr"])
  func whereIntervalsFailTheAuditAbstains(_ name: String) throws {
    let result = try CoverageDesign.thin.coverage(name, logs: Self.logs)
    #expect(result.covered < 0.93, "\(result)")
    #expect(result.passed == 0, "\(result)")
  }
}
