import Holdfast
import Segments
import Testing

/// The `segments` and `recommend` sections of a plan.
@Suite struct SegmentPlanTests {
  private func yaml(_ sections: String) -> String {
    """
    sessions: log.csv
    mapping: {arm: offer, reward: visit, covariates: {plan: category, tenure: number}}
    \(sections)
    """
  }

  @Test func absentSectionsHaveTheDefaults() throws {
    let plan = try plan(yaml(""))
    #expect(plan.segments == SegmentPlan())
    #expect(plan.recommend.by == nil)
    #expect(plan.segments.uplift.learners == [.doublyRobust])
  }

  @Test func everyKeyIsRead() throws {
    let segments = try plan(
      yaml(
        """
        segments:
          columns: [plan]
          minimumSessions: 50
          maximumRules: 5
          depth: 1
          stability: 0
          permutations: 199
          cells: [[plan], [plan, reason]]
          treeDepth: 0
          models:
            - arm * (tenure + plan)
            - formula: spend ~ arm + plan
              name: spend
              family: poisson
              errors: robust
            - {formula: arm, intervals: profile, family: firth}
          uplift: {learners: [t, dr, r], bins: 10, budgets: [0.25, 1]}
          policy: {depth: 3, minimumSessions: 20, folds: 4, netMargin: {months: 6}}
        """)
    ).segments
    #expect(segments.columns == ["plan"] && segments.stability == 0)
    #expect(segments.minimumSessions == 50 && segments.maximumRules == 5 && segments.depth == 1)
    #expect(segments.permutations == 199 && segments.treeDepth == 0)
    #expect(segments.cells == [["plan"], ["plan", "reason"]])
    #expect(segments.models.map(\.name) == ["arm * (tenure + plan)", "spend", "arm"])
    #expect(segments.models.map(\.family) == [nil, .poisson, .firth])
    #expect(segments.models.map(\.errors) == [nil, .robust, nil])
    #expect(segments.models.map(\.intervals) == [.wald, .wald, .profile])
    #expect(
      segments.models[0].formula.terms.map(\.label) == [
        "arm", "tenure", "plan", "arm:tenure", "arm:plan",
      ])
    #expect(segments.uplift.learners == [.t, .doublyRobust, .r])
    #expect(segments.uplift.bins == 10 && segments.uplift.budgets == [0.25, 1])
    #expect(segments.policy.depth == 3 && segments.policy.minimumSessions == 20)
    #expect(segments.policy.folds == 4 && segments.policy.netMarginMonths == 6)
    #expect(
      try plan(yaml("segments: {cells: [plan, reason]}")).segments.cells == [["plan", "reason"]])
    #expect(try plan(yaml("recommend: {by: tree}")).recommend.by == .tree)
  }

  /// A mistake in a plan, where it stands, and a part of what is said of it.
  static let mistakes: [(section: String, key: String, message: String)] = [
    ("segments: {permutations: -1}", "segments.permutations", "whole number from 0 to 10000"),
    ("segments: {stability: 65}", "segments.stability", "whole number from 0 to 64"),
    ("segments: {models: [arm +]}", "segments.models[0]", "it ends at column 6"),
    ("segments: {models: ['arm * exp(tenure)']}", "segments.models[0]", "no function 'exp'"),
    ("segments: {models: [{name: x}]}", "segments.models[0].formula", "required"),
    (
      "segments: {models: [{formula: arm, family: tweedie}]}", "segments.models[0].family",
      "expected one of"
    ),
    (
      "segments: {models: [{formula: arm, family: normal, intervals: profile}]}",
      "segments.models[0].intervals", "family normal has no profile"
    ),
    (
      "segments: {models: [{formula: arm, errors: robust, intervals: score}]}",
      "segments.models[0].errors", "expected model"
    ),
    (
      "segments: {models: [{formula: arm, family: firth, errors: customer}]}",
      "segments.models[0].errors", "expected model"
    ),
    (
      "segments: {models: [{formula: arm, family: ordinal}]}", "segments.models[0].formula",
      "needs an outcome"
    ),
    (
      "segments: {models: [{formula: arm, family: conditional}]}", "segments.models[0].strata",
      "needs the column"
    ),
    (
      "segments: {models: [{formula: arm, levels: [a, b]}]}", "segments.models[0].levels",
      "multinomial and ordinal"
    ),
    (
      "segments: {models: [{formula: arm, family: poisson, penalty: lasso}]}",
      "segments.models[0].penalty", "none for family poisson"
    ),
    (
      "segments: {models: [{formula: arm, intervals: score, penalty: {alpha: 0.5}}]}",
      "segments.models[0].intervals", "no intervals"
    ),
    (
      "segments: {models: [{formula: arm, penalty: {knockoffs: 1}}]}",
      "segments.models[0].penalty.knockoffs", "above 0 and below 1"
    ),
    (
      "segments: {models: [{formula: arm, penalty: ridge}]}", "segments.models[0].penalty",
      "expected lasso"
    ),
    ("segments: {cells: {a: b}}", "segments.cells", "list of lists"),
    ("segments: {uplift: {learners: [lasso]}}", "segments.uplift.learners", "expected some of"),
    ("segments: {uplift: {budgets: [0]}}", "segments.uplift.budgets", "above 0"),
    ("segments: {policy: {depth: 4}}", "segments.policy.depth", "from 0 to 3"),
    ("segments: {rules: 4}", "segments.rules", "unknown key"),
    ("recommend: {by: luck}", "recommend.by", "expected one of: tree, cells"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreToldWithTheirPlace(
    _ mistake: (section: String, key: String, message: String)
  ) throws {
    let problems = try problems(yaml(mistake.section))
    #expect(problems.count == 1, "\(problems)")
    let problem = try #require(problems.first)
    #expect(problem.key == mistake.key && problem.line > 0)
    #expect(problem.message.contains(mistake.message), "\(problem.message)")
  }
}
