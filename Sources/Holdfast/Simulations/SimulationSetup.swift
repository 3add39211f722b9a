internal import Bandits
internal import Probability

/// A simulation made ready: the world with all that happens in it, the policies, and who is compared.
struct SimulationSetup: Sendable {
  /// A policy with the name of its row.
  struct Contender: Sendable {
    let name: String
    let policy: any Policy
  }

  /// The names of arms and cells, and the world at the start.
  let named: NamedWorld
  /// The world.
  let world: RetentionWorld
  /// The policies, in the order of the plan.
  let contenders: [Contender]
  /// The places of a challenger and another policy among them.
  let pairs: [(challenger: Int, other: Int)]
  /// The number of sessions of a day; nil tells no days.
  let sessionsPerDay: Int?

  /// Makes a plan ready for a world.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - named: The world at the start.
  ///   - fitted: The log's part, where the world is fitted to one.
  /// - Throws: Everything in the plan that does not fit the world's arms and cells.
  init(
    _ plan: SimulationPlan, in named: NamedWorld, fitted: FittedWorld? = nil
  ) throws(PlanError) {
    var problems: [PlanProblem] = []
    var world = RetentionWorld(named.world)
    sessionsPerDay = plan.sessionsPerDay ?? fitted?.sessionsPerDay
    world.drift = Self.drift(plan, named, &problems)
    world.timing = Self.timing(plan, fitted, sessionsPerDay, &problems)
    world.costs = Self.costs(plan, named, &problems)
    world.budget = world.costs == nil ? nil : plan.budget
    let setting = Self.setting(plan, named, world.timing)
    contenders = Self.contenders(plan, named, setting, &problems)
    pairs = Self.pairs(plan.comparisons, contenders.map(\.name), &problems)
    guard problems.isEmpty else { throw PlanError(file: plan.file, problems: problems) }
    self.named = named
    self.world = world
  }

  private static func drift(
    _ plan: SimulationPlan, _ named: NamedWorld, _ problems: inout [PlanProblem]
  ) -> RateDrift? {
    guard let drift = plan.drift else { return nil }
    let target = drift.target.table(
      arms: named.arms, cells: named.cells, start: named.world.rates, at: PlanPlace("drift"),
      &problems)
    return target.flatMap { try? RateDrift(to: $0, drift.course) }
  }

  private static func timing(
    _ plan: SimulationPlan, _ fitted: FittedWorld?, _ sessionsPerDay: Int?,
    _ problems: inout [PlanProblem]
  ) -> OutcomeTiming? {
    guard let timing = plan.timing else { return nil }
    guard let sessionsPerDay else {
      // Where the log was to tell: the plan's own reading asks for the key elsewhere.
      if fitted != nil {
        problems.append(
          PlanPlace("timing").problem("the log tells no traffic: give 'sessionsPerDay'"))
      }
      return nil
    }
    switch timing {
    case .days(let days): return OutcomeTiming(days: days, sessionsPerDay: sessionsPerDay)
    case .hazards(let hazards):
      return OutcomeTiming(hazards: hazards, sessionsPerDay: sessionsPerDay)
    case .asLogged(let place):
      if let hazards = fitted?.hazards {
        return OutcomeTiming(hazards: hazards, sessionsPerDay: sessionsPerDay)
      }
      if fitted != nil {
        problems.append(
          place.problem("the log tells no day of a loss; give hazards, or days"))
      }
      return nil
    }
  }

  private static func costs(
    _ plan: SimulationPlan, _ named: NamedWorld, _ problems: inout [PlanProblem]
  ) -> OfferCosts? {
    guard let costs = plan.costs else { return nil }
    let wrong =
      costs.perShow.problems(for: named.arms, "perShow")
      + costs.perSave.problems(for: named.arms, "perSave")
    guard wrong.isEmpty else {
      problems += wrong.map { costs.place.problem($0) }
      return nil
    }
    let offers = OfferCosts(
      perShow: costs.perShow.amounts(of: named.arms).compactMap(\.self),
      perSave: costs.perSave.amounts(of: named.arms).compactMap(\.self))
    let least = offers.perShow[offers.cheapest.index] + offers.perSave[offers.cheapest.index]
    if plan.budget != nil, least > 0 {
      problems.append(
        costs.place.problem(
          "every arm costs something, so that no budget could be kept; name one that costs nothing")
      )
    }
    return offers
  }

  /// What the policies are made for.
  private static func setting(
    _ plan: SimulationPlan, _ named: NamedWorld, _ timing: OutcomeTiming?
  ) -> LearnerSetting {
    var setting = LearnerSetting(
      arms: named.arms, cells: named.cells,
      windowDays: Double(timing?.window ?? named.windowDays))
    setting.cellLevels = named.cellLevels ?? setting.cellLevels
    setting.margins = plan.margin.map { ArmAmounts(others: $0) }
    setting.costs = plan.costs?.perSave
    setting.budget = plan.budget
    setting.sessions = plan.horizon
    let waiting = timing.map { ($0.window + 1) * $0.sessionsPerDay } ?? plan.delay
    setting.openSessions = min(plan.horizon, waiting + plan.batchSize)
    return setting
  }

  private static func contenders(
    _ plan: SimulationPlan, _ named: NamedWorld, _ setting: LearnerSetting,
    _ problems: inout [PlanProblem]
  ) -> [Contender] {
    var contenders: [Contender] = []
    for planned in plan.policies {
      let made: [Contender]
      switch planned.kind {
      case .learner(let learner): made = contender(learner, setting, planned.place, &problems)
      case .eachArm:
        made = named.arms.flatMap {
          contender(LearnerPlan(.fixed(arm: $0)), setting, planned.place, &problems)
        }
      case .bestArm: made = [fixed("best arm", [named.bestArm], named)]
      case .bestByCell: made = [fixed("best by cell", named.world.bestArms, named)]
      }
      for contender in made {
        if contenders.contains(where: { $0.name == contender.name }) {
          problems.append(
            planned.place.problem(
              "two policies are called '\(contender.name)'; give one of them a 'name'"))
        }
        contenders.append(contender)
      }
    }
    return contenders
  }

  /// The policy of a name and settings; none where it does not fit.
  private static func contender(
    _ learner: LearnerPlan, _ setting: LearnerSetting, _ place: PlanPlace,
    _ problems: inout [PlanProblem]
  ) -> [Contender] {
    let wrong = learner.problems(for: setting)
    guard wrong.isEmpty else {
      problems += wrong.map { place.problem($0) }
      return []
    }
    do throws(RunError) {
      return [Contender(name: learner.name, policy: try learner.policy(for: setting))]
    } catch {
      problems.append(place.problem("\(error)"))
      return []
    }
  }

  /// A policy that the truth tells.
  private static func fixed(_ name: String, _ arms: [Arm], _ named: NamedWorld) -> Contender {
    Contender(name: name, policy: FixedPolicy(arms, armCount: named.arms.count))
  }

  private static func pairs(
    _ comparisons: SimulationPlan.Comparisons?, _ names: [String],
    _ problems: inout [PlanProblem]
  ) -> [(challenger: Int, other: Int)] {
    guard let comparisons else { return [] }
    func index(_ name: String, _ place: PlanPlace) -> Int? {
      if let index = names.firstIndex(of: name) { return index }
      problems.append(
        place.problem("no policy is called '\(name)'; there are: \(names.joined(separator: ", "))"))
      return nil
    }
    if comparisons.pairs.isEmpty {
      let other = comparisons.baseline.map { index($0, comparisons.place) } ?? 0
      guard let other else { return [] }
      return names.indices.filter { $0 != other }.map { ($0, other) }
    }
    return comparisons.pairs.compactMap { pair in
      guard let challenger = index(pair.challenger, pair.place),
        let other = index(pair.other, pair.place)
      else { return nil }
      return (challenger, other)
    }
  }
}
