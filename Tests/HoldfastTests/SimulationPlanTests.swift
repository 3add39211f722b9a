import Bandits
import Foundation
import Holdfast
import Probability
import Testing

/// What the plan of a simulation says is what is read; what it cannot say is told, with its place.
@Suite struct SimulationPlanTests {
  private static let world = """
    world:
      arms: [none, gift]
      segments: {monthly: 3, annual: 1}
      rates: {monthly: {none: 0.2, gift: 0.3}, annual: [0.5, 0.1]}

    """

  private func plan(
    _ yaml: String, environment: [String: String] = [:],
    settings: [(key: String, text: String)] = []
  ) throws -> SimulationPlan {
    let folder = try TemporaryFolder()
    return try SimulationPlan(
      contentsOf: folder.write(yaml, to: "simulation.yaml"), environment: environment,
      settings: settings)
  }

  private func problems(_ yaml: String) throws -> [String] {
    do {
      _ = try plan(yaml)
      return []
    } catch let error as PlanError {
      return error.problems.map(\.description)
    }
  }

  private func known(_ plan: SimulationPlan) throws -> NamedWorld {
    guard case .known(let world) = plan.world else {
      throw PlanWithoutWorld()
    }
    return world
  }

  private struct PlanWithoutWorld: Error {}

  /// Policies as a plan names them, in a world whose arms are not known before it is run.
  private func learners(_ list: String) throws -> [LearnerPlan] {
    let folder = try TemporaryFolder()
    try folder.write("sessions: s.csv\nmapping: {arm: [offer]}\n", to: "plan.yaml")
    let yaml = "world: {fit: plan.yaml}\npolicies: [\(list)]\n"
    return try SimulationPlan(contentsOf: folder.write(yaml, to: "simulation.yaml")).policies
      .compactMap { contender in
        if case .learner(let learner) = contender.kind { learner } else { nil }
      }
  }

  @Test func aWorldOfSegmentsAndReasons() throws {
    let world = try known(
      plan(
        """
        world:
          arms: [none, gift]
          segments: {monthly: 3, annual: 1}
          reasons: [price, use]
          logits:
            monthly: {price: {none: 0, gift: 1}, use: [-1, 2]}
            annual: {price: [0, 0], use: [1, 1]}
            "annual × price": {gift: 3}
        """))
    #expect(world.arms == ["none", "gift"])
    #expect(
      world.cells == ["monthly × price", "monthly × use", "annual × price", "annual × use"])
    #expect(world.world.shares == [0.375, 0.375, 0.125, 0.125])
    let logits = [0, 1, -1, 2, 0, 3, 1, 1.0]
    for (rate, logit) in zip(world.world.rates.values, logits) {
      #expect(abs(rate - 1 / (1 + exp(-logit))) < 1e-15)
    }
  }

  @Test func aWorldOfOneCell() throws {
    let world = try known(plan("world: {arms: [a, b], rates: {a: 0.1, b: 0.2}}"))
    #expect(world.cells == ["everybody"] && world.world.rates.values == [0.1, 0.2])
  }

  @Test func everyKey() throws {
    let plan = try plan(
      Self.world + """
        horizon: 500
        replications: 7
        batchSize: 5
        sessionsPerDay: 50
        timing: {hazards: [0.5, 0.25, 0]}
        drift: {rates: {annual: {gift: 0.9}}, linear: 400}
        costs: {perShow: {gift: 0.1}, perSave: {gift: 4}}
        budget: 100
        margin: 20
        policies: [uniform, best-by-cell, {thompson: {byCell: true}, name: T}]
        verdict: {confidence: 0.9, every: 10}
        compare: {pairs: [[T, uniform]], probability: 0.7}
        checkpoints: [100, 500]
        level: 0.9
        seed: 3
        threads: 5
        """)
    #expect(plan.horizon == 500 && plan.replications == 7)
    #expect(plan.batchSize == 5 && plan.threads == 5)
    #expect(plan.timing == .hazards([0.5, 0.25, 0]) && plan.sessionsPerDay == 50)
    #expect(plan.drift?.course == .linear(over: 400))
    #expect(plan.budget == 100 && plan.margin == 20 && plan.level == 0.9 && plan.seed == 3)
    #expect(plan.verdict == VerdictRule(confidence: 0.9, every: 10))
    #expect(plan.comparisons?.pairs.map(\.challenger) == ["T"])
    #expect(plan.comparisons?.probability == 0.7 && plan.checkpoints == [100, 500])
  }

  @Test func everyPolicyOfTheCatalogueIsReached() throws {
    #expect(PolicyCatalogue.entries.map(\.name).allSatisfy(LearnerPlan.names.contains))
    var setting = LearnerSetting(arms: ["a", "b", "c"], cells: ["x", "y"])
    setting.margins = ArmAmounts(others: 10)
    setting.costs = ArmAmounts(others: 0, named: ["b": 2])
    (setting.budget, setting.sessions) = (50, 1_000)
    let byFeatures = ["linear", "logistic", "diagonalLogistic", "linUCB"]
    for entry in PolicyCatalogue.entries where entry.name != "fixed" {
      // The catalogue's features are those of one cell here.
      setting.cells = byFeatures.contains { entry.name.hasPrefix($0) } ? ["x"] : ["x", "y"]
      let learner = try #require(try learners(entry.name).first)
      let made = try learner.policy(for: setting)
      // The same settings as the catalogue's: at the start, and after some sessions in one cell.
      var (own, other) = (made, entry.make(3, 1))
      for (arm, reward) in [(0, 1.0), (1, 0), (2, 1), (2, 1), (0, 0)] {
        own.learn(Arm(arm), reward: reward, in: Context())
        other.learn(Arm(arm), reward: reward, in: Context())
      }
      #expect(
        own.propensities(in: Context()) == other.propensities(in: Context()), "\(entry.name)")
    }
    #expect(try learners("budgetedThompson")[0].policy(for: setting) is BudgetedThompson)
  }

  /// Two reasons by three plans: an intercept, one level of the first and two of the second.
  @Test func coefficientsBelongToTheLevelsThatMakeTheCells() throws {
    var setting = LearnerSetting(arms: ["a", "b"], cells: (0..<6).map { "c\($0)" })
    setting.cellLevels = [[0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2]]
    func policy(_ text: String) throws -> any Policy {
      try #require(try learners(text).first).policy(for: setting)
    }
    let shared = try #require(try policy("logisticThompson") as? LogisticThompson)
    #expect(shared.features.featureCount == 4)
    #expect(Array(shared.features.row(Context(cell: 5))) == [1, 1, 0, 1])
    let linear = try #require(
      try policy("{linearThompson: {mean: 0.3, variance: 2}}") as? LinearThompson)
    #expect(linear.features.featureCount == 4)
    let bounds = try #require(try policy("{linUCB: {byCell: true, alpha: 2}}") as? LinUCB)
    #expect(bounds.features.featureCount == 6 && bounds.alpha == 2)
    #expect(throws: (any Error).self) { try learners("{linUCB: {alpha: -1}}") }
  }

  @Test func settingsReachThePolicies() throws {
    let setting = LearnerSetting(arms: ["a", "b"], cells: ["x", "y"], windowDays: 12)
    func policy(_ text: String) throws -> any Policy {
      try #require(try learners(text).first).policy(for: setting)
    }
    let thompson = try policy("{thompson: {byCell: true, floor: 0.02, prior: [2, 3]}}")
    let floored = try #require(thompson as? Floored<ThompsonSampling>)
    #expect(floored.floor == 0.02 && floored.base.cellCount == 2)
    #expect(
      floored.base.posteriors(in: Context(cell: 1))[0] == BetaDistribution(alpha: 2, beta: 3))
    let topTwo = try policy("{topTwo: {beta: 0.7, base: thompson-by-cell}}")
    #expect((topTwo as? TopTwo<ThompsonSampling>)?.beta == 0.7)
    #expect((topTwo as? TopTwo<ThompsonSampling>)?.base.cellCount == 2)
    #expect((try policy("maturingThompson") as? MaturingThompson)?.window == 12)
    #expect(
      (try policy("{discountedThompson: {discount: 0.999}}") as? DiscountedThompson)?.discount
        == 0.999)
    #expect(
      (try policy("{floored: {floor: 0.25, base: {epsilonGreedy: {epsilon: 0.3}}}}")
        as? Floored<EpsilonGreedy>)?.base.epsilon == 0.3)
    let budgeted = try #require(
      try policy(
        """
        {budgetedThompson: {margins: {a: 9, others: 8}, costs: {b: 3}, budget: 7, sessions: 90,
          openSessions: 4, step: 0.1}}
        """) as? BudgetedThompson)
    #expect(budgeted.terms.margins == [9, 8] && budgeted.terms.costs == [0, 3])
    #expect(budgeted.terms.openSessions == 4 && budgeted.terms.step == 0.1)
    let table = try policy("{table: {probabilities: {x: {a: 0.25, b: 0.75}, y: {b: 1}}}}")
    #expect(table.propensities(in: Context(cell: 0)) == [0.25, 0.75])
    #expect(table.propensities(in: Context(cell: 1)) == [0, 1])
    #expect(try policy("{always: b}").propensities(in: Context()) == [0, 1])
    let gaussian = try policy("{gaussianThompson: {mean: 1, deviation: 2, variance: 3}}")
    #expect(
      (gaussian as? GaussianThompson)?.prior
        == .knownVariance(mean: NormalDistribution(mean: 1, standardDeviation: 2), variance: 3))
  }

  /// The words that a run's plan has for policies are words here too.
  @Test func wordsOfARunsPlan() throws {
    let plan = try plan(
      Self.world + """
        policies: [uniform, each-arm, best-arm, best-by-cell, thompson, thompson-by-cell,
          {always: gift, name: gifts}, {epsilon-greedy: 0.2}]
        """)
    let learners: [LearnerPlan?] = plan.policies.map { contender in
      if case .learner(let learner) = contender.kind { learner } else { nil }
    }
    #expect(plan.policies[1...3].map(\.kind) == [.eachArm, .bestArm, .bestByCell])
    #expect(
      learners.compactMap(\.?.name) == [
        "uniform", "Thompson sampling", "Thompson sampling by cell", "gifts",
        "0.2-greedy by cell",
      ])
  }

  @Test func rowsAreNamedReadably() throws {
    let names = try learners(
      """
      thompson-by-cell, {thompson: {prior: [2, 8], floor: 0.02}}, {topTwo: {beta: 0.6}},
      {discountedThompson: {discount: 0.999}}, {always: none}, {ucb1: , name: my bound}
      """
    ).map(\.name)
    #expect(
      names == [
        "Thompson sampling by cell", "Thompson sampling (prior Beta(2.0, 8.0)) (floor 0.02)",
        "top-two Thompson sampling (beta 0.6)",
        "discounted Thompson sampling (discount 0.999)", "always none", "my bound",
      ])
  }

  /// Every mistake of a plan at once, each with its line and column.
  @Test func everyMistakeIsOneLine() throws {
    let told = try problems(
      """
      world:
        arms: [none, gift]
        rates: {none: 0.2, gift: 1.3}
      horizon: many
      policies:
        - thomson
        - {always: cash}
        - {thompson: {floor: 0.9, priors: [1, 1]}}
        - {topTwo: {base: {ucb: {}}}}
        - {thompson: {prior: [1]}}
      drift: {rates: {none: 0.1}, linear: 10, step: 5}
      verdict: {confidence: 0.4}
      budget: 10
      nonsense: 1
      """)
    for part in [
      "3:28: world.rates.gift: '1.3' is not allowed; expected a share from 0 to 1",
      "4:10: horizon: 'many' is not allowed; expected a whole number from 1 to",
      "6:5: policies[0]: 'thomson' is not a policy; expected one of uniform, fixed, table,",
      "8:24: policies[2].thompson.floor: '0.9' is not allowed; expected a probability",
      "8:29: policies[2].thompson.priors: unknown key; allowed here: byCell, prior, floor",
      "9:27: policies[3].topTwo.base.ucb: this is not a policy; expected one of",
      "10:24: policies[4].thompson.prior: expected the pair [successes, failures]",
      "11:47: drift.step: expected one of 'linear'",
      "12:23: verdict.confidence: '0.4' is not allowed",
      "13:9: budget: a budget is spent on costs: give 'costs'",
      "14:1: nonsense: unknown key; allowed here: world,",
    ] {
      #expect(told.contains { $0.hasPrefix(part) }, "\(part) in \(told.joined(separator: "\n"))")
    }
    #expect(told.count == 11)
  }

  /// What names arms and cells is judged against the world, where that is known.
  @Test func whatDoesNotFitTheWorldIsTold() throws {
    let told = try problems(
      Self.world + """
        policies:
          - {always: cash}
          - {floored: {floor: 0.5, base: {fixed: {arm: none}}}}
          - {table: {probabilities: {weekly: {gift: 1}, monthly: {gift: 1}}}}
          - thompson
          - {thompson: {floor: 0.0}, name: Thompson sampling}
          - budgetedThompson
        drift: {rates: {weekly: [0, 1], monthly: {cash: 1}, annual: [1]}, wave: 9}
        costs: {perSave: {cash: 1}}
        compare: {against: nobody}
        """)
    for part in [
      "6:5: policies[0]: there is no arm 'cash'; there are: none, gift",
      "8:5: policies[2]: there is no cell 'weekly'; there are: monthly, annual",
      "8:5: policies[2]: the cell 'annual' has no probabilities",
      "10:5: policies[4]: two policies are called 'Thompson sampling'",
      "11:5: policies[5]: margins: this key is required where the world has none",
      "12:25: drift.rates.weekly: there is no cell 'weekly'",
      "12:42: drift.rates.monthly: there is no arm 'cash'",
      "12:61: drift.rates.annual: expected 2 rates",
      "13:8: costs: perSave: there is no arm 'cash'",
      "14:10: compare: no policy is called 'nobody'",
    ] {
      #expect(told.contains { $0.hasPrefix(part) }, "\(part) in \(told.joined(separator: "\n"))")
    }
  }

  @Test(arguments: [
    ("world: {arms: [a], rates: [0.1], logits: [1]}", "expected one of 'rates'"),
    ("world: {arms: [a, b], rates: {a: 0.1}}", "rates are missing: 'b' of 'everybody'"),
    ("world: {arms: [a, a], rates: [0.1, 0.2]}", "an arm is named twice"),
    ("world: {}", "expected 'file', 'fit', or 'arms'"),
    ("world: {fit: nowhere.yaml}", "there is no such file"),
    ("world: {arms: [], rates: [0.1]}", "expected the names of the arms"),
    ("world: {arms: [a], segments: {}, rates: [0.1]}", "expected names"),
    ("horizon: 9", "world: this key is required"),
    ("world: {arms: [a], rates: [0.1]}\ntiming: {days: 3}", "give 'sessionsPerDay'"),
    ("world: {arms: [a], rates: [0.1]}\ntiming: {hazards: log}", "is not fitted to a log"),
    ("world: {arms: [a], rates: [0.1]}\ntiming: {hazards: 0.1}", "needs the number of 'days'"),
    (
      "world: {arms: [a], rates: [0.1]}\nsessionsPerDay: 2\ntiming: {days: 3}\ndelay: 2",
      "'timing' says when"
    ),
    (
      "world: {arms: [a], rates: [0.1]}\ncosts: {perShow: 1}\nbudget: 2", "no budget could be kept"
    ),
    ("world: {arms: [a], rates: [0.1]}\ncheckpoints: [5, 5]", "each above the last"),
    ("world: {arms: [a], rates: [0.1]}\nhorizon: 5\nhorizon: 6", "stands twice"),
  ])
  func aMistakeIsTold(_ yaml: String, _ part: String) throws {
    let told = try problems(yaml)
    #expect(told.contains { $0.contains(part) }, "\(told)")
  }

  @Test func optionsStandInForKeys() throws {
    let plan = try plan(
      Self.world + "horizon: 9", settings: [("horizon", "70"), ("threads", "3")])
    #expect(plan.horizon == 70 && plan.threads == 3)
  }

  /// The environment says how many threads there are where the plan does not.
  @Test func threadsOfTheEnvironment() throws {
    let environment = ["HOLDFAST_THREADS": "7"]
    #expect(try plan(Self.world, environment: environment).threads == 7)
    #expect(try plan(Self.world + "threads: 3", environment: environment).threads == 3)
    #expect(try plan(Self.world).threads == 2)
    let log = "sessions: s.csv\nmapping: {arm: [offer]}\n"
    #expect(try HoldfastTests.plan(log, environment: environment).threads == 7)
    #expect(try HoldfastTests.plan(log + "threads: 4", environment: environment).threads == 4)
    for text in ["0", "257", "many", "1.5"] {
      #expect(throws: PlanError.self) {
        try plan(Self.world, environment: ["HOLDFAST_THREADS": text])
      }
    }
  }
}
