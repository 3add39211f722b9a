public import Bandits
internal import Probability

extension LearnerPlan {
  /// What keeps the policy from being made for a setting, in words; empty if nothing does.
  public func problems(for setting: LearnerSetting) -> [String] {
    let (arms, count) = (setting.arms, Double(setting.arms.count))
    switch kind {
    case .fixed(let arm):
      return arms.contains(arm)
        ? [] : ["there is no arm '\(arm)'; there are: \(arms.joined(separator: ", "))"]
    case .table(let shares): return shares.problems(for: setting)
    case .topTwo(let base, _): return base.problems(for: setting)
    case .floored(let base, let floor):
      let isTooHigh = floor.map { $0 * count > 1 } ?? false
      return
        (isTooHigh
        ? ["floor: \(floor ?? 0) for each of \(arms.count) arms is more than there is"] : [])
        + base.problems(for: setting)
    case .budgetedThompson(let terms): return terms.problems(for: setting)
    case .uniform, .epsilonGreedy, .thompson, .gaussianThompson, .gammaPoissonThompson,
      .discountedThompson, .slidingWindowThompson, .hierarchicalThompson, .maturingThompson,
      .linearThompson, .logisticThompson, .diagonalLogisticThompson, .linUCB, .ucb1, .klUCB,
      .chernoffUCB, .softmax, .exploreThenCommit:
      return []
    }
  }

  /// Makes the policy, which has seen no session.
  ///
  /// - Throws: `unfitPolicy` with the first of ``problems(for:)``.
  public func policy(for setting: LearnerSetting) throws(RunError) -> any Policy {
    if let problem = problems(for: setting).first {
      throw .unfitPolicy(policy: name, problem)
    }
    let arms = setting.arms.count
    let cells = learnsByCell ? setting.cells.count : 1
    switch kind {
    case .uniform: return UniformPolicy(armCount: arms)
    case .fixed(let arm):
      return FixedPolicy(Arm(setting.arms.firstIndex(of: arm) ?? 0), armCount: arms)
    case .table(let shares):
      do throws(OffPolicyError) {
        return try TablePolicy(shares.table(for: setting))
      } catch {
        throw .unfitPolicy(policy: name, Refusal.sentence(error))
      }
    case .epsilonGreedy(let epsilon):
      return EpsilonGreedy(armCount: arms, cellCount: cells, epsilon: epsilon)
    case .thompson(let prior):
      return ThompsonSampling(armCount: arms, cellCount: cells, prior: prior)
    case .gaussianThompson(let prior):
      return GaussianThompson(armCount: arms, cellCount: cells, prior: prior)
    case .gammaPoissonThompson(let prior):
      return GammaPoissonThompson(armCount: arms, cellCount: cells, prior: prior)
    case .topTwo(let base, let beta):
      return Self.topTwo(try base.policy(for: setting), beta)
    case .discountedThompson(let prior, let discount):
      return DiscountedThompson(
        armCount: arms, cellCount: cells, prior: prior, discount: discount)
    case .slidingWindowThompson(let prior, let count):
      return SlidingWindowThompson(
        armCount: arms, cellCount: cells, prior: prior, sessionCount: count)
    case .hierarchicalThompson(let prior, let sessions):
      return HierarchicalThompson(
        armCount: arms, cellCount: setting.cells.count, prior: prior, sessionsPerFit: sessions)
    case .maturingThompson(let prior):
      return MaturingThompson(
        armCount: arms, cellCount: cells, prior: prior, window: setting.windowDays)
    case .budgetedThompson(let terms):
      return BudgetedThompson(terms.terms(for: setting), cellCount: cells, prior: terms.prior)
    case .linearThompson(let mean, let variance, let noise):
      return LinearThompson(
        armCount: arms, features: setting.features(byCell: learnsByCell),
        prior: setting.prior(byCell: learnsByCell, mean: mean, variance: variance), noise: noise)
    case .logisticThompson(let variance, let growth):
      return LogisticThompson(
        armCount: arms, features: setting.features(byCell: learnsByCell),
        prior: setting.prior(byCell: learnsByCell, mean: 0, variance: variance),
        refitGrowth: growth)
    case .diagonalLogisticThompson(let variance, let batchSize):
      return DiagonalLogisticThompson(
        armCount: arms, features: setting.features(byCell: learnsByCell),
        prior: setting.prior(byCell: learnsByCell, mean: 0, variance: variance),
        batchSize: batchSize)
    case .linUCB(let alpha, let ridge):
      return LinUCB(
        armCount: arms, features: setting.features(byCell: learnsByCell), alpha: alpha,
        ridge: ridge)
    case .chernoffUCB: return ChernoffUCB(armCount: arms, cellCount: cells)
    case .ucb1: return UCB1(armCount: arms, cellCount: cells)
    case .klUCB: return KLUCB(armCount: arms, cellCount: cells)
    case .softmax(let temperature, let mean):
      return Softmax(
        armCount: arms, cellCount: cells, temperature: temperature, initialMean: mean)
    case .exploreThenCommit(let sessions):
      return ExploreThenCommit(armCount: arms, cellCount: cells, sessionsPerArm: sessions)
    case .floored(let base, let floor):
      return Self.floored(try base.policy(for: setting), floor ?? 0.05 / Double(arms))
    }
  }

  private static func topTwo(_ base: some Policy, _ beta: Double) -> any Policy {
    TopTwo(base, beta: beta)
  }

  private static func floored(_ base: some Policy, _ floor: Double) -> any Policy {
    Floored(base, floor: floor)
  }
}

extension LearnerPlan.BudgetTerms {
  fileprivate func problems(for setting: LearnerSetting) -> [String] {
    var problems: [String] = []
    let margins = margins ?? setting.margins
    problems +=
      margins?.problems(for: setting.arms, "margins")
      ?? ["margins: this key is required where the world has none"]
    let costs = costs ?? setting.costs
    problems +=
      costs?.problems(for: setting.arms, "costs")
      ?? ["costs: this key is required where the world has none"]
    if budget ?? setting.budget == nil {
      problems.append("budget: this key is required where the world has none")
    }
    if sessions ?? setting.sessions == nil {
      problems.append("sessions: this key is required where no horizon is given")
    }
    let amounts = costs?.amounts(of: setting.arms).compactMap(\.self) ?? []
    if amounts.count == setting.arms.count, !amounts.contains(0) {
      problems.append("costs: one arm costs nothing, so that there is one when the budget ends")
    }
    if margins?.amounts(of: setting.arms).contains(where: { $0.map { $0 <= 0 } ?? false }) ?? false
    {
      problems.append("margins: a margin is above 0")
    }
    return problems
  }

  /// The terms by arm index; there are no problems.
  fileprivate func terms(for setting: LearnerSetting) -> BudgetedThompson.Terms {
    func amounts(_ own: ArmAmounts?, _ world: ArmAmounts?) -> [Double] {
      (own ?? world)?.amounts(of: setting.arms).compactMap(\.self) ?? []
    }
    var terms = BudgetedThompson.Terms(
      margins: amounts(margins, setting.margins), costs: amounts(costs, setting.costs),
      budget: budget ?? setting.budget ?? 0, sessions: sessions ?? setting.sessions ?? 1)
    terms.openSessions = openSessions ?? setting.openSessions
    terms.step = step
    return terms
  }
}

extension LearnerPlan.TableShares {
  /// The cell that stands for every session.
  static let everyCell = ""

  fileprivate func problems(for setting: LearnerSetting) -> [String] {
    var problems: [String] = []
    for (cell, shares) in cells.sorted(by: { $0.key < $1.key }) {
      if cell != Self.everyCell, !setting.cells.contains(cell) {
        problems.append(
          "there is no cell '\(cell)'; there are: \(setting.cells.joined(separator: ", "))")
      }
      problems += shares.keys.filter { !setting.arms.contains($0) }.sorted().map {
        "there is no arm '\($0)'; there are: \(setting.arms.joined(separator: ", "))"
      }
    }
    let missing = setting.cells.filter { cells[$0] == nil && cells[Self.everyCell] == nil }
    return problems + missing.map { "the cell '\($0)' has no probabilities" }
  }

  /// The probabilities by cell and arm index; an arm that is not named has none.
  fileprivate func table(for setting: LearnerSetting) -> ActionTable {
    let values = setting.cells.flatMap { cell in
      let shares = cells[cell] ?? cells[Self.everyCell] ?? [:]
      return setting.arms.map { shares[$0] ?? 0 }
    }
    return ActionTable(
      cellCount: setting.cells.count, armCount: setting.arms.count, values: values)
  }
}
