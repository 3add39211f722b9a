import Foundation
import Holdfast
import Inference
import Probability
import Testing

/// The bundled plans on third parties' logs, held to figures found without Holdfast.
@Suite(ThirdPartyLogs.areThere) struct RealLogsTests {
  /// What is found by each bundled plan; run once for all tests.
  private static let hillstrom = Task { try await Run(Project.plan("hillstrom")).run() }
  private static let cookieCats = Task { try await Run(Project.plan("cookie_cats")).run() }
  private static let ibm = Task { try await Run(Project.plan("ibm_renewal_offers")).run() }
  private static let openBandit = Task {
    var plan = try Project.plan("open_bandit")
    plan.sessions = "\(ThirdPartyLogs.folder ?? "")/open_bandit_small/random_all.csv.gz"
    return try await Run(plan).run()
  }

  /// Visit rates, differences and z of the two mails against none.
  ///
  /// Counted and computed by the formulas in Python with NumPy 2.4.6, the p-value of the sample ratio
  /// by SciPy 1.17.1, from Hillstrom (2008), *MineThatData E-Mail Analytics Challenge*.
  static let mails: [(arm: String, rate: Double, points: Double, z: Double)] = [
    ("Mens E-Mail", 18.28, 7.66, 22.49), ("Womens E-Mail", 15.14, 4.52, 13.95),
  ]

  @Test(arguments: mails)
  func hillstromLift(_ mail: (arm: String, rate: Double, points: Double, z: Double)) async throws {
    let findings = try await Self.hillstrom.value
    let row = try #require(
      findings.lift.first { $0.arm == mail.arm && $0.method.hasPrefix("pooled") })
    #expect(abs(100 * (row.mean ?? 0) - mail.rate) < 0.005)
    #expect(abs(100 * (row.baselineMean ?? 0) - 10.62) < 0.005)
    #expect(abs(100 * (row.estimate.value ?? 0) - mail.points) < 0.005)
    let z = StandardNormal.upperQuantile(try #require(row.pValue) / 2)
    #expect(abs(z - mail.z) < 0.005)
    #expect(row.warnings.isEmpty)
  }

  @Test func hillstromSampleRatio() async throws {
    let sampleRatio = try await Self.hillstrom.value.sampleRatio
    #expect(abs(try #require(sampleRatio.pValue) - 0.904) < 0.0005)
    #expect(sampleRatio.warning == nil)
  }

  /// The mail for women works on those who bought women's things before, and hardly on others.
  @Test func hillstromSegment() async throws {
    let findings = try await Self.hillstrom.value
    let row = try #require(findings.rules.first)
    #expect(row.rule == "womens is 1" && row.arm == "Womens E-Mail")
    #expect(abs(100 * (row.wholeSample ?? 0) - 7.31) < 0.005)
    #expect(abs(100 * (row.wholeSampleOutside ?? 0) - 1.11) < 0.005)
    #expect(try #require(row.adjustedPValue) < 1e-6)
    #expect(findings.rules.dropFirst().allSatisfy { $0.adjustedPValue ?? 1 > 0.05 })
  }

  /// The mismatch of the arms stands before the lift, for it decides how far that is believed.
  ///
  /// The p-value by SciPy 1.17.1 `chisquare`; the interval by Newcombe's formula in Python.
  @Test func cookieCats() async throws {
    let findings = try await Self.cookieCats.value
    #expect(abs(try #require(findings.sampleRatio.pValue) - 0.0086) < 0.000_05)
    let row = try #require(findings.lift.first { $0.method.hasPrefix("pooled") })
    #expect(row.warnings.contains { $0.hasPrefix("sample ratio mismatch: p 0.0086") })
    let interval = try #require(row.estimate.interval)
    for (value, points) in [
      (row.estimate.value, -0.82), (interval.lower, -1.33), (interval.upper, -0.31),
    ] {
      #expect(abs(100 * (value ?? 0) - points) < 0.005)
    }
    let report = FindingsReport(findings).text
    let warning = try #require(report.firstRange(of: "sample ratio mismatch: p 0.0086"))
    let lift = try #require(report.firstRange(of: "−0.82 pp  [−1.33 pp, −0.31 pp]"))
    #expect(warning.lowerBound < lift.lowerBound)
  }

  /// Made by obp 0.5.7 and NumPy with the exact action distribution of BernoulliTS.
  @Test func openBanditValues() async throws {
    let rows = try await Self.openBandit.value.policies.filter { $0.policy == "BernoulliTS" }
    let weighted = try #require(rows.first { $0.method == "IPS" })
    #expect(abs((weighted.estimate.value ?? 0) / 0.00456274085132212 - 1) < 1e-12)
    #expect(abs((weighted.estimate.standardError ?? 0) / 0.00209187843049 - 1) < 1e-11)
    #expect(abs((weighted.effectiveSampleSize ?? 0) - 1643.24) < 0.005)
    let normalised = try #require(rows.first { $0.method == "SNIPS" })
    #expect(abs((normalised.estimate.value ?? 0) / 0.00478602534714456 - 1) < 1e-12)
  }

  @Test func openBanditRefusesWhatItCannotSay() async throws {
    let findings = try await Self.openBandit.value
    let rows = findings.policies.filter { $0.policy == "always 5" }
    #expect(rows.count == 5)
    for row in rows {
      #expect(row.estimate.value == nil && row.estimate.interval == nil)
      #expect(row.estimate.refusal?.hasSuffix("is below the floor of 200") == true)
    }
    #expect(rows.first?.estimate.refusal == "effective sample size 98.0 is below the floor of 200")
    #expect(findings.recommendations.offers.allSatisfy { $0.offer == nil })
  }

  /// Nobody randomised these offers: nothing is claimed of policies, and nothing recommended.
  @Test func ibmIsNotTakenForAnExperiment() async throws {
    let findings = try await Self.ibm.value
    #expect(
      findings.lift.allSatisfy { row in
        row.warnings.contains { $0.hasPrefix("no propensities are logged and no experiment") }
      })
    #expect(
      findings.policies.filter { $0.policy != "as logged" }.allSatisfy {
        $0.estimate.value == nil && $0.estimate.refusal == "the log has no propensities"
      })
    #expect(findings.policies.count > 5)
    #expect(findings.recommendations.count == 9_134)
    #expect(findings.recommendations.allSatisfy { $0.offer == nil && !$0.reason.isEmpty })
    #expect(FindingsReport(findings).text.contains("RECOMMENDATIONS: none"))
  }

  /// None of 1,024 took Offer4: a difference can be told, a ratio cannot.
  @Test func ibmArmWithoutSuccesses() async throws {
    let rows = try await Self.ibm.value.lift.filter { $0.arm == "Offer4" && $0.metric == "reward" }
    let difference = try #require(rows.first { $0.method.hasPrefix("pooled") })
    #expect(difference.mean == 0 && difference.sessions == 1_024)
    #expect(try #require(difference.estimate.interval).upper < 0)
    let ratio = try #require(rows.first { $0.method.hasPrefix("logRatio") })
    #expect(ratio.estimate.refusal == "no session of Offer4 was a success")
    #expect(ratio.pValue == nil && ratio.adjustedPValue == nil)
  }
}
