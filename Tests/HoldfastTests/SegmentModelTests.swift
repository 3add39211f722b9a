import Foundation
import Holdfast
import Inference
import Testing

/// Regressions, joint tests and cells of a plan, held to statsmodels and NumPy on the same log.
@Suite struct SegmentModelTests {
  /// What the reference says; see `Reference/README.md`.
  private struct Reference: Decodable {
    struct Row: Decodable {
      let estimate, se, lower, upper, p: Double
    }
    struct Test: Decodable {
      let statistic, p: Double
    }
    struct Ratio: Decodable {
      let statistic: Double
      let df: Int
    }
    struct Cell: Decodable {
      let plan: String
      let n: Int
      let estimate, se: Double
    }
    struct Pair: Decodable {
      let estimate, se: Double
    }
    let logistic, normal, poisson: [Row]
    let multinomial, ordinal, conditional: [Pair]
    let cuts: [Double]
    let joint: Test
    let interaction: Ratio
    let aic, deviance: Double
    let cells: [Cell]
  }

  private static func file(_ name: String) throws -> String {
    try #require(Bundle.module.path(forResource: "Reference/\(name)", ofType: nil))
  }

  private static let reference = Task {
    try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: URL(filePath: try file("segment_models.json"))))
  }

  private static let findings = Task {
    try await Run(
      try plan(
        """
        sessions: \(try file("segment_models.csv"))
        mapping:
          session: session
          arm: offer
          propensity: uniform
          reward: {column: kept, minimum: 0, maximum: 1}
          covariates:
            plan: category
            tenure: {kind: integer, minimum: 0, maximum: 100, missing: [""]}
            spend: number
            months: {kind: integer, minimum: 0, maximum: 100}
        baseline: none
        segments:
          columns: [plan, tenure]
          cells: [plan]
          permutations: 0
          models:
            - arm * plan
            - {formula: spend ~ arm + tenure, family: normal, errors: robust}
            - {formula: months ~ arm + tenure, family: poisson}
            - {formula: arm * plan, name: profiles, intervals: profile}
            - {formula: arm * plan, name: scores, intervals: score}
            - {formula: arm * plan, name: penalised, family: firth, intervals: profile}
            - {formula: plan ~ arm + spend, name: multinomial, family: multinomial}
            - {formula: plan ~ arm + spend, name: ordinal, family: ordinal, levels: [annual, monthly, weekly]}
            - {formula: arm + spend, name: conditional, family: conditional, strata: plan}
            - {formula: arm * plan, name: lasso, penalty: {choose: bic, stability: 10}}
            - {formula: arm + tenure + plan, name: groups, penalty: {by: term, choose: minimum}}
            - {formula: spend ~ arm + tenure, name: adaptive, family: normal, penalty: {adaptive: true, choose: minimum, stability: 0}}
        """)
    ).segments().findings
  }

  private func rows(_ model: String, _ quantity: String) async throws -> [ModelRow] {
    try await Self.findings.value.models.filter {
      $0.model == model && $0.quantity == quantity
    }
  }

  /// Names as R gives them, and the columns of statsmodels in the same order.
  static let models: [(model: String, names: [String])] = [
    (
      "arm * plan",
      [
        "(Intercept)", "armcall", "planmonthly", "planweekly", "armcall:planmonthly",
        "armcall:planweekly",
      ]
    ),
    ("spend ~ arm + tenure", ["(Intercept)", "armcall", "tenure", "is.na(tenure)"]),
    ("months ~ arm + tenure", ["(Intercept)", "armcall", "tenure", "is.na(tenure)"]),
  ]

  @Test(arguments: models)
  func coefficientsAgree(_ model: (model: String, names: [String])) async throws {
    let found = try await rows(model.model, "coefficient")
    let reference = try await Self.reference.value
    let known =
      model.model.hasPrefix("arm")
      ? reference.logistic : model.model.hasPrefix("spend") ? reference.normal : reference.poisson
    #expect(found.map(\.term) == model.names)
    for (row, known) in zip(found, known) {
      let (interval, se) = (
        try #require(row.estimate.interval), try #require(row.estimate.standardError)
      )
      #expect(abs(try #require(row.estimate.value) - known.estimate) < 1e-8, "\(row.term)")
      #expect(abs(se / known.se - 1) < 1e-7, "\(row.term): \(se)")
      #expect(abs(interval.lower - known.lower) < 1e-7 && abs(interval.upper - known.upper) < 1e-7)
      #expect(abs(try #require(row.pValue) - known.p) < 1e-7)
      #expect(row.sessions == 900 && row.claim == "effect" && row.warnings.isEmpty)
      if model.model.hasPrefix("spend") {
        #expect(row.ratio == nil)
      } else {
        #expect(abs(try #require(row.ratio?.value) / exp(known.estimate) - 1) < 1e-8)
      }
    }
    #expect(zip(found, known).map { _ in 1 }.count == model.names.count)
  }

  @Test func theProductIsTestedAsOne() async throws {
    let reference = try await Self.reference.value
    let joint = try #require(try await rows("arm * plan", "joint").last)
    #expect(joint.term == "arm:plan" && joint.degreesOfFreedom == 2)
    #expect(abs(try #require(joint.statistic) / reference.joint.statistic - 1) < 1e-7)
    #expect(abs(try #require(joint.pValue) / reference.joint.p - 1) < 1e-6)
    // The same question by likelihood, asked of every covariate whether or not the plan has a model.
    let ratio = try #require(try await rows("arm * plan", "interaction").first)
    #expect(ratio.degreesOfFreedom == reference.interaction.df)
    #expect(abs(try #require(ratio.statistic) / reference.interaction.statistic - 1) < 1e-7)
  }

  @Test func measuresOfFitAgree() async throws {
    let reference = try await Self.reference.value
    let fit = try await rows("arm * plan", "fit")
    func value(_ name: String) throws -> Double {
      try #require(fit.first { $0.term == name }?.estimate.value)
    }
    #expect(abs(try value("AIC") - reference.aic) < 1e-8)
    #expect(abs(try value("deviance") - reference.deviance) < 1e-8)
    // A saturated model of three plans by two arms ranks sessions by the share of their cell.
    #expect(try value("AUC") > 0.5)
    // Twelve cells of arm, plan and outcome stand for all sessions.
    #expect(fit.allSatisfy { $0.cells == 12 })
  }

  /// A likelihood's intervals hold the estimate, and exclude zero exactly where their own test rejects it.
  @Test(arguments: ["profiles", "scores", "penalised"])
  func intervalsGoWithTheirTests(_ model: String) async throws {
    let wald = try await rows("arm * plan", "coefficient")
    for (row, wald) in zip(try await rows(model, "coefficient"), wald) {
      let interval = try #require(row.estimate.interval)
      let value = try #require(row.estimate.value)
      #expect(interval.lower < value && value < interval.upper)
      #expect(!interval.contains(0) == (try #require(row.pValue) < 0.05), "\(row.term)")
      // 150 sessions a cell: all agree with Wald's to a few hundredths, and not to the last digits.
      #expect(abs(interval.lower - (wald.estimate.interval?.lower ?? 0)) < 0.04)
      #expect(interval.lower != wald.estimate.interval?.lower)
    }
  }

  @Test func cellsAgree() async throws {
    let reference = try await Self.reference.value
    let rows = try await Self.findings.value.segments.filter { $0.source == "cells" }
    #expect(rows.count == reference.cells.count)
    for (row, cell) in zip(rows, reference.cells) {
      #expect(row.rule == "plan is \(cell.plan)" && row.sessions == cell.n)
      #expect(abs(try #require(row.estimate.value) - cell.estimate) < 1e-14)
      #expect(abs(try #require(row.estimate.standardError) - cell.se) < 1e-14)
      // Shrunken towards the mean of the cells, 0.1.
      let shrunken = try #require(row.shrunken.value)
      #expect((shrunken - cell.estimate) * (0.1 - cell.estimate) > 0)
    }
  }

  /// What the call does to annual plans is left by any penalty; what luck does to the others is not.
  @Test func penaltiesLeaveWhatIsThere() async throws {
    let rows = try await rows("lasso", "coefficient")
    #expect(rows.first?.term == "(Intercept)" && rows.count == 6)
    let call = try #require(rows.first { $0.term == "armcall" })
    #expect(call.estimate.value ?? 0 > 0.2 && call.stability ?? 0 > 0.9)
    for row in rows {
      #expect(row.estimate.interval == nil && row.pValue == nil && row.ratio?.value ?? 0 > 0)
      #expect(row.method == "lasso, λ by BIC")
    }
    let fit = try await self.rows("lasso", "fit")
    let left = rows.dropFirst().count { $0.estimate.value != 0 }
    #expect(fit.first { $0.term == "selected" }?.estimate.value == Double(left))
    // Least squares with hardly a penalty is least squares.
    let (adaptive, plain) = (
      try await self.rows("adaptive", "coefficient"),
      try await self.rows("spend ~ arm + tenure", "coefficient")
    )
    for (row, other) in zip(adaptive, plain).prefix(3) {
      let error = try #require(other.estimate.standardError)
      #expect(abs((row.estimate.value ?? 0) - (other.estimate.value ?? 0)) < 2 * error)
      #expect(row.stability == nil && row.ratio == nil)
    }
  }

  /// Levels in byte order with the first as the reference, levels in the plan's order, and strata.
  @Test(arguments: ["multinomial", "ordinal", "conditional"])
  func outcomesOfSeveralLevelsAndStrataAgree(_ model: String) async throws {
    let reference = try await Self.reference.value
    let rows = try await rows(model, "coefficient")
    let known = [
      "multinomial": reference.multinomial, "ordinal": reference.ordinal,
      "conditional": reference.conditional,
    ][model]
    let names = [
      "multinomial": ["monthly", "weekly"].flatMap { level in
        ["(Intercept)", "armcall", "spend"].map { "\(level): \($0)" }
      },
      "ordinal": ["armcall", "spend", "annual | monthly", "monthly | weekly"],
      "conditional": ["armcall", "spend"],
    ][model]
    #expect(rows.map(\.term) == names)
    for (row, known) in zip(rows, try #require(known)) {
      #expect(abs(try #require(row.estimate.value) - known.estimate) < 1e-6, "\(row.term)")
      #expect(abs(try #require(row.estimate.standardError) / known.se - 1) < 1e-4, "\(row.term)")
    }
    if model == "ordinal" {
      for (row, cut) in zip(rows.suffix(2), reference.cuts) {
        #expect(abs(try #require(row.estimate.value) - cut) < 1e-6)
      }
    }
    // A term of the formula is tested over all levels.
    let joint = try #require(try await self.rows(model, "joint").first)
    #expect(joint.term == "arm" && joint.degreesOfFreedom == (model == "multinomial" ? 2 : 1))
  }

  /// A category of three levels is in or out as a whole.
  @Test func aPenaltyByTermTakesACategoryWhole() async throws {
    let rows = try await rows("groups", "coefficient")
    #expect(rows.map(\.term).suffix(2) == ["planmonthly", "planweekly"])
    let plans = rows.suffix(2).map { $0.estimate.value != 0 }
    #expect(plans[0] == plans[1])
    #expect(rows.allSatisfy { $0.method.hasPrefix("group lasso by term, λ by the least") })
    #expect(rows.first { $0.term == "armcall" }?.estimate.value ?? 0 > 0.1)
  }
}
