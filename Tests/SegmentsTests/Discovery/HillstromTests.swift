import Foundation
import Inference
import Segments
import TestSupport
import Testing

@Suite(
  .enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS names no folder with Hillstrom's log"))
struct HillstromTests {
  static let all = ["recency", "log(history)", "mens", "womens", "zip_code", "newbie", "channel"]

  /// The women's mail works on those who bought women's goods before.
  @Test func theWomensMailIsForWomensCustomers() throws {
    let report = try SegmentSearch().run(Hillstrom.data(Self.all), baseline: 0)
    let rule = Rule([Condition("womens", .level("1"))])
    let finding = try #require(
      report.findings.first { $0.rule == rule && $0.arm == "Womens E-Mail" })
    let measurement = try #require(finding.measurement)
    #expect(measurement.adjustedPValue < 1e-6)
    #expect(measurement.interaction.interval.lower > 0.03)
    #expect(report.discoveries.contains(finding))

    // Differences of visit rates by SciPy 1.17 and by hand: 2171/11765 − 1300/11668, and
    // 1067/9622 − 962/9638.
    let whole = try #require(finding.wholeSample)
    #expect(relativeError(whole.inside, 0.07311454855041033) < 1e-12)
    #expect(relativeError(whole.outside, 0.011078467244666393) < 1e-12)
    #expect(report.discoverySessions + report.estimationSessions == 64_000)
  }

  @Test func everySeedFindsTheWomensCustomers() throws {
    let data = try Hillstrom.data(Self.all)
    for seed in 1...5 as ClosedRange<UInt64> {
      var search = SegmentSearch()
      search.seed = seed
      let report = try search.run(data, baseline: 0)
      #expect(report.discoveries.contains { "\($0.rule)" == "womens is 1" }, "seed \(seed)")
    }
  }

  // R 4.2.2: glm of visit on treatment × variable with both main effects, anova(test = "LRT"),
  // p.adjust(method = "BH"); women's mail against none.
  static let perVariable: [(String, statistic: Double, df: Int, p: Double, adjusted: Double)] = [
    ("mens", 60.4134511508855, 1, 7.68857741630784e-15, 1.92214435407696e-14),
    ("womens", 61.4259726754244, 1, 4.597061701374e-15, 1.92214435407696e-14),
    ("newbie", 16.2686145585794, 1, 5.4966906939893e-05, 9.16115115664883e-05),
    ("zip_code", 10.6189624897561, 2, 0.00494449103254518, 0.00618061379068148),
    ("channel", 2.11222382283449, 2, 0.347805483334453, 0.347805483334453),
  ]

  @Test func heterogeneityByVariableAgreesWithR() throws {
    let data = try Hillstrom.data(Self.perVariable.map(\.0)).comparing(2, with: 0)
    let tests = HeterogeneityTest.perCovariate(of: data, baseline: 0)
    for (test, expected) in zip(tests, Self.perVariable) {
      let ratio = try test.test.get()
      #expect(test.covariate == expected.0)
      #expect(ratio.degreesOfFreedom == expected.df)
      #expect(relativeError(ratio.statistic, expected.statistic) < 1e-8)
      #expect(relativeError(ratio.pValue, expected.p) < 1e-6)
      #expect(relativeError(try #require(test.adjustedPValue), expected.adjusted) < 1e-6)
    }
  }

  // R 4.2.2: visit ~ segment * (mens + womens + newbie) + recency + log(history) + zip_code +
  // channel, its coefficients of arms and products, its deviance, and the test against the model
  // without products.
  static let coefficients = [
    "intercept": -2.51854419080373, "Mens E-Mail": 0.455514758091408,
    "Womens E-Mail": 0.297817004828303, "mens is 1": 0.650982135830055,
    "recency": -0.0547396955150177, "log(history)": 0.109950786079356,
    "zip_code is Urban": -0.372276676778166, "channel is Phone": -0.105818724802685,
    "Mens E-Mail × mens is 1": 0.075132315275337,
    "Womens E-Mail × mens is 1": -0.273962603706811,
    "Womens E-Mail × womens is 1": 0.277161592819885,
    "Womens E-Mail × newbie is 1": 0.245189868583549,
  ]

  @Test func theJointModelAgreesWithR() throws {
    let names = ["mens", "womens", "newbie", "recency", "log(history)", "zip_code", "channel"]
    let data = try Hillstrom.data(names)
    let model = try InteractionModel(
      data, baseline: 0, interacting: Array(data.covariates[..<3]),
      adjusting: Array(data.covariates[3...]))
    for (term, expected) in Self.coefficients {
      let column = try #require(model.terms.firstIndex(of: term), "\(term)")
      #expect(relativeError(model.full.coefficients[column], expected) < 1e-8)
    }
    #expect(relativeError(-2 * model.full.logLikelihood, 51083.7940761773) < 1e-10)
    #expect(model.test.degreesOfFreedom == 6)
    #expect(relativeError(model.test.statistic, 126.95359116108) < 1e-8)
    #expect(relativeError(model.test.pValue, 5.62677176704747e-25) < 1e-7)
  }
}
