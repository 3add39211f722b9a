internal import Bandits
internal import Yams

extension SimulationPlan {
  /// Reads a simulation from a YAML or JSON file and checks it whole.
  ///
  /// The file of a world alone (see ``CancelWorld``) is a simulation in it with the defaults.
  ///
  /// - Parameters:
  ///   - file: The path of the file; paths in it are relative to its folder.
  ///   - environment: The variables that paths may begin with, and `HOLDFAST_THREADS`.
  ///   - settings: Keys, each with the text of its value, which stand in for those of the file.
  /// - Throws: ``PlanError`` with every problem of the file at once.
  public init(
    contentsOf file: String, environment: [String: String] = [:],
    settings: [(key: String, text: String)] = []
  ) throws(PlanError) {
    let root = try PlanFile(file)
    var mapping = root.mapping
    if mapping["world"] == nil, Self.worldKeys.contains(where: { mapping[$0] != nil }) {
      // Its mistakes have places in this very file.
      _ = try CancelWorld(contentsOf: file)
      mapping = Node.Mapping([(Node("world"), Node(Self.name(of: file)))])
    }
    for setting in settings {
      mapping[Node(setting.key)] = Node(setting.text, .implicit, .plain)
    }
    var section = PlanSection(mapping)
    let plan = Self.read(&section, file: file, environment)
    section.finish()
    let problems = root.duplicates + section.problems
    guard let plan, problems.isEmpty else { throw PlanError(file: file, problems: problems) }
    self = plan
  }

  /// The keys by which the file of a world is known.
  private static let worldKeys = ["reasons", "plans", "tenures", "offers", "placements"]

  private static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }

  /// Reads every key; nil only where there is no world.
  private static func read(
    _ section: inout PlanSection, file: String, _ environment: [String: String]
  ) -> SimulationPlan? {
    let source = section.world(in: Path.folder(of: file), environment)
    var plan = SimulationPlan(source ?? .known(.placeholder))
    plan.file = file
    plan.horizon = section.integer("horizon", in: 1...1_000_000_000, default: plan.horizon)
    plan.replications = section.integer(
      "replications", in: 1...1_000_000, default: plan.replications)
    plan.batchSize = section.integer("batchSize", in: 1...1_000_000_000, default: 1)
    plan.delay = section.integer("delay", in: 0...1_000_000_000, default: 0)
    plan.sessionsPerDay = section.integer("sessionsPerDay", in: 1...1_000_000_000)
    plan.checkpoints = section.checkpoints(upTo: plan.horizon)
    plan.drift = section.section("drift", Drift.init(reading:)) ?? nil
    plan.timing = section.section("timing", Timing.init(reading:)) ?? nil
    plan.costs = section.costs()
    plan.budget = section.optionalNumber("budget", expected: "a number from 0 to 1e15") {
      (0...1e15).contains($0)
    }
    plan.margin = section.optionalNumber("margin", expected: "a number above 0, up to 1e12") {
      0 < $0 && $0 <= 1e12
    }
    let policies = section.contenders("policies")
    plan.policies = policies.contenders ?? plan.policies
    plan.verdict = section.section("verdict", VerdictRule.init(reading:))
    plan.comparisons = section.comparisons()
    plan.level = section.number(
      "level", default: plan.level, expected: "a number above 0.5 and below 1"
    ) { $0 > 0.5 && $0 < 1 }
    plan.seed = UInt64(section.integer("seed", in: 0...Int.max, default: Int(plan.seed)))
    plan.threads = section.threads(environment)
    plan.checkWhole(&section)
    guard let source else { return nil }
    if case .known(let world) = source {
      // Pairs are judged by the names of policies, and so only where all of these were read.
      if !policies.areWhole { plan.comparisons = nil }
      do throws(PlanError) {
        _ = try SimulationSetup(plan, in: world)
      } catch {
        section.add(error.problems)
      }
    }
    return plan
  }

  /// What keys ask of one another.
  private func checkWhole(_ section: inout PlanSection) {
    if timing != nil, delay > 0 {
      section.report(
        "delay", at: section.node("delay"), "'timing' says when outcomes are known: give one")
    }
    if timing != nil, sessionsPerDay == nil, section.node("sessionsPerDay") == nil {
      guard case .asLogged = timing else {
        section.report(
          "timing", at: section.node("timing"), "days need a traffic: give 'sessionsPerDay'")
        return
      }
    }
    if case .asLogged(let place) = timing, case .known = world, section.node("world") != nil {
      section.add([place.problem("the world is not fitted to a log: give hazards or days")])
    }
    if budget != nil, costs == nil, section.node("costs") == nil {
      section.report(
        "budget", at: section.node("budget"), "a budget is spent on costs: give 'costs'")
    }
  }
}

extension NamedWorld {
  /// A world to go on reading with where there is none.
  fileprivate static var placeholder: NamedWorld {
    guard let world = try? BernoulliWorld(rates: [0.5]) else {
      preconditionFailure("one half is a rate")
    }
    return NamedWorld(world, arms: ["arm"], cells: ["everybody"], source: "")
  }
}

extension SimulationPlan.Drift {
  fileprivate init?(reading section: inout PlanSection) {
    let target = section.cellRates()
    let expected = 1...1_000_000_000
    let linear = section.integer("linear", in: expected)
    let step = section.integer("step", in: expected)
    let wave = section.integer("wave", in: expected)
    let given = ["linear", "step", "wave"].filter { section.node($0) != nil }
    guard given.count == 1 else {
      section.report(
        given.last ?? "", at: given.last.flatMap { section.node($0) },
        "expected one of 'linear' (over so many sessions), 'step' (at a session) and 'wave' (of a "
          + "period in sessions)")
      return nil
    }
    let course: RateDrift.Course? =
      linear.map { .linear(over: $0) } ?? step.map { .step(at: $0) }
      ?? wave.map { .wave(period: $0) }
    guard let target, let course else { return nil }
    (self.target, self.course) = (target, course)
  }
}

extension SimulationPlan.Timing {
  fileprivate init?(reading section: inout PlanSection) {
    let days = section.integer("days", in: 1...3_650)
    guard let node = section.node("hazards") else {
      guard let days else {
        if section.node("days") == nil { section.report("", "expected 'hazards' or 'days'") }
        return nil
      }
      self = .days(days)
      return
    }
    if node.scalar?.string == "log" {
      if days != nil {
        section.report("days", at: section.node("days"), "the log's window says the days")
      }
      self = .asLogged(section.place("hazards", at: node))
      return
    }
    let hazards = section.numbers("hazards", expected: "a chance from 0 to 1") {
      (0...1).contains($0)
    }
    if !hazards.isEmpty, !hazards.contains(where: { $0 > 0 }) {
      section.report("hazards", at: node, "expected one chance at least above 0")
      return nil
    }
    let isConstant = node.scalar != nil
    if isConstant, days == nil, section.node("days") == nil {
      section.report("days", "one hazard for every day needs the number of 'days'")
    }
    if !isConstant, days != nil {
      section.report("days", at: section.node("days"), "the list of hazards says the days")
    }
    guard let first = hazards.first else { return nil }
    self = .hazards(isConstant ? Array(repeating: first, count: days ?? 1) : hazards)
  }
}

extension VerdictRule {
  fileprivate init(reading section: inout PlanSection) {
    let confidence = section.number(
      "confidence", default: 0.95, expected: "a number above 0.5 and below 1"
    ) { $0 > 0.5 && $0 < 1 }
    self.init(
      confidence: confidence,
      every: section.integer("every", in: 1...1_000_000_000, default: 100))
  }
}

extension PlanSection {
  fileprivate mutating func checkpoints(upTo horizon: Int) -> [Int] {
    let times = integers("checkpoints", in: 1...horizon, default: [])
    if zip(times, times.dropFirst()).contains(where: { $0 >= $1 }) || times.count > 10_000 {
      report(
        "checkpoints", at: node("checkpoints"), "expected up to 10000 numbers, each above the last")
      return []
    }
    return times
  }

  fileprivate mutating func costs() -> SimulationPlan.Costs? {
    guard let node = node("costs") else { return nil }
    let expected = "a number from 0 to 1e12"
    var costs = section("costs") { section in
      var costs = SimulationPlan.Costs()
      let isAllowed = { (cost: Double) in (0...1e12).contains(cost) }
      costs.perShow =
        section.armAmounts("perShow", others: 0, expected: expected, where: isAllowed)
        ?? costs.perShow
      costs.perSave =
        section.armAmounts("perSave", others: 0, expected: expected, where: isAllowed)
        ?? costs.perSave
      return costs
    }
    costs?.place = place("costs", at: node)
    return costs
  }

  /// The policies, and whether each of the list was read.
  fileprivate mutating func contenders(
    _ key: String
  ) -> (contenders: [SimulationPlan.Contender]?, areWhole: Bool) {
    guard let node = node(key) else { return (nil, true) }
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, "expected a list of policies")
      return (nil, false)
    }
    let words: [String: SimulationPlan.Contender.Kind] = [
      "each-arm": .eachArm, "best-arm": .bestArm, "best-by-cell": .bestByCell,
    ]
    let contenders = items.enumerated().compactMap { index, item in
      let key = "\(key)[\(index)]"
      let kind =
        item.scalar.flatMap { words[$0.string] }
        ?? (greedy(item, named: key) ?? learner(item, named: key)).map { .learner($0) }
      return kind.map { kind in
        var contender = SimulationPlan.Contender(kind)
        contender.place = place(key, at: item)
        return contender
      }
    }
    return (contenders, contenders.count == items.count)
  }

  /// The word of a run's plan for a greedy policy by cell; nil if a node is another.
  private mutating func greedy(_ node: Node, named key: String) -> LearnerPlan? {
    guard let mapping = node.mapping, mapping["epsilon-greedy"] != nil else { return nil }
    return section(mapping, named: key) { section in
      LearnerPlan(
        .epsilonGreedy(epsilon: section.share("epsilon-greedy", default: 0.1)),
        learnsByCell: true, label: section.string("name"))
    }
  }

  fileprivate mutating func comparisons() -> SimulationPlan.Comparisons? {
    guard let node = node("compare") else { return nil }
    var comparisons = section("compare") { section in
      var comparisons = SimulationPlan.Comparisons()
      comparisons.baseline = section.string("against")
      comparisons.probability = section.number(
        "probability", default: 0.8, expected: "a number above 0 and below 1"
      ) { 0 < $0 && $0 < 1 }
      comparisons.pairs = section.pairs("pairs")
      if comparisons.baseline != nil, !comparisons.pairs.isEmpty {
        section.report("against", at: section.node("against"), "'pairs' are given: give one")
      }
      return comparisons
    }
    comparisons?.place = place("compare", at: node)
    return comparisons
  }

  private mutating func pairs(_ key: String) -> [SimulationPlan.Comparisons.Pair] {
    guard let node = node(key) else { return [] }
    let expected = "expected a list of pairs [challenger, other] of the names of rows"
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, expected)
      return []
    }
    return items.enumerated().compactMap { index, item in
      let names = item.sequence?.compactMap { $0.scalar?.string } ?? []
      guard names.count == 2 else {
        report("\(key)[\(index)]", at: item, expected)
        return nil
      }
      return SimulationPlan.Comparisons.Pair(
        challenger: names[0], other: names[1], place: place("\(key)[\(index)]", at: item))
    }
  }
}
