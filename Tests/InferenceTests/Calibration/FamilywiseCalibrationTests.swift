import Inference
import Testing

/// Any false finding among four offers, under all fifteen sets of true nulls.
@Suite struct FamilywiseCalibrationTests {
  static let calibration = FamilywiseCalibration(replications: 1_500, seed: 4_120)
  static let sessions = (offer: 10, control: 20)

  @Test(arguments: [Multiplicity.bonferroni, .sidak, .holm, .holmSidak, .hochberg, .hommel])
  func adjustedPValuesKeepTheErrorOfTheFamily(_ method: Multiplicity) async {
    let rows = await Self.calibration.rows(
      of: .adjusted(method, offers: 4, sessions: Self.sessions, effect: 1.5))
    #expect(rows.count == 15)
    for row in rows { #expect(row.verdict == .holds, "\(row)") }
  }

  @Test func dunnettSpendsAllOfIt() async throws {
    let rows = await Self.calibration.rows(
      of: try .dunnett(offers: 4, sessions: Self.sessions, effect: 1.5))
    for row in rows { #expect(row.verdict == .holds, "\(row)") }
    // Exact where no offer has an effect: not less than 5 % either.
    #expect(rows[14].observed > 0.05 - 3.89 * (0.05 * 0.95 / 1_500).squareRoot())
  }

  /// The positive control.
  @Test func unadjustedPValuesDoNot() async {
    let rows = await Self.calibration.rows(
      of: .adjusted(.unadjusted, offers: 4, sessions: Self.sessions))
    #expect(rows[14].verdict == .exceeds)
  }
}
