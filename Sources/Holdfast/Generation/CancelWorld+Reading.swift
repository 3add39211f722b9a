internal import Yams

extension CancelWorld {
  /// Reads a world from a YAML or JSON file and checks it whole.
  ///
  /// - Throws: ``PlanError`` with every problem of the file at once.
  public init(contentsOf file: String) throws(PlanError) {
    let root = try PlanFile(file)
    var section = PlanSection(root.mapping)
    self.init(reading: &section)
    section.finish()
    let problems = root.duplicates + section.problems
    guard problems.isEmpty else { throw PlanError(file: file, problems: problems) }
  }

  private init(reading section: inout PlanSection) {
    sessions = section.integer("sessions", in: 1...1_000_000_000, default: sessions)
    start = section.instant("start") ?? 1_767_225_600_000_000
    days = section.integer("days", in: 1...3_650, default: days)
    experimentDays = section.integer("experimentDays", in: 0...3_650, default: experimentDays)
    epsilon = section.share("epsilon", default: epsilon)
    windowDays = section.integer("windowDays", in: 1...3_650, default: windowDays)
    currency = section.string("currency") ?? currency
    seed = UInt64(section.integer("seed", in: 0...Int.max, default: Int(seed)))
    reasons = section.named("reasons") { Level(reading: &$1, $0) }
    plans = section.named("plans") { name, section in
      Plan(
        level: Level(reading: &section, name),
        mrr: section.positive("mrr", default: 1))
    }
    tenures = section.named("tenures") { name, section in
      let least = section.integer("from", in: 0...40_000, default: 0)
      let greatest = section.integer("to", in: 0...40_000, default: 40_000)
      if least > greatest { section.report("to", "expected a number of days of at least 'from'") }
      return Tenure(
        level: Level(reading: &section, name), days: least...max(least, greatest))
    }
    let (reasonNames, planNames) = (reasons.map(\.name), plans.map(\.level.name))
    offers = section.named("offers") {
      Offer(reading: &$1, $0, reasons: reasonNames, plans: planNames)
    }
    placements = section.named("placements") { Level(reading: &$1, $0) }
    shareOut(\.reasons, \.self)
    shareOut(\.plans, \.level)
    shareOut(\.tenures, \.level)
    targeted = section.section("targeted") { self.targets(reading: &$0) } ?? [:]
  }

  /// Scales the shares of a factor to a sum of one.
  private mutating func shareOut<Factor>(
    _ factors: WritableKeyPath<CancelWorld, [Factor]>, _ level: WritableKeyPath<Factor, Level>
  ) {
    let total = self[keyPath: factors].reduce(0) { $0 + $1[keyPath: level].share }
    for index in self[keyPath: factors].indices {
      self[keyPath: factors][index][keyPath: level].share /= total
    }
  }

  private func targets(reading section: inout PlanSection) -> [String: Arm] {
    var targets: [String: Arm] = [:]
    for reason in section.keys {
      let names = section.strings(reason)
      if let offer = offers.firstIndex(where: { $0.name == names.first }),
        let placement = placements.firstIndex(where: { $0.name == names.last }), names.count == 2,
        reasons.contains(where: { $0.name == reason })
      {
        targets[reason] = Arm(offer: offer, placement: placement)
      } else {
        section.report(reason, "expected a reason with the list of an offer and a placement")
      }
    }
    return targets
  }
}

extension CancelWorld.Level {
  fileprivate init(reading section: inout PlanSection, _ name: String) {
    self.init(name: name)
    share = section.positive("share", default: share)
    effect = section.logit("effect", default: effect)
  }
}

extension CancelWorld.Offer {
  fileprivate init(
    reading section: inout PlanSection, _ name: String, reasons: [String], plans: [String]
  ) {
    self.init(name: name)
    cost = section.number("cost", default: cost, expected: "a number of at least 0") { $0 >= 0 }
    recancel = section.share("recancel", default: recancel)
    byReason = section.logits("byReason", of: reasons)
    byPlan = section.logits("byPlan", of: plans)
    isPlaced = section.flag("placed", default: isPlaced)
  }
}

extension PlanSection {
  /// A mapping of names to mappings, at least one, in the order of the file.
  fileprivate mutating func named<Value>(
    _ key: String, _ body: (String, inout PlanSection) -> Value
  ) -> [Value] {
    let values =
      section(key) { section -> [Value] in
        section.keys.compactMap { name in section.section(name) { body(name, &$0) } }
      } ?? []
    if values.isEmpty { report(key, "expected at least one name with its mapping") }
    return values
  }

  /// An effect on the scale of log-odds, if there is one.
  fileprivate mutating func logit(_ key: String) -> Double? {
    keys.contains(key) ? logit(key, default: 0) : nil
  }

  /// An effect on the scale of log-odds.
  fileprivate mutating func logit(_ key: String, default fallback: Double) -> Double {
    number(key, default: fallback, expected: "a number from −20 to 20") { abs($0) <= 20 }
  }

  /// The effects of some of the levels named; of others there are none.
  fileprivate mutating func logits(_ key: String, of names: [String]) -> [String: Double] {
    section(key) { section in
      var effects: [String: Double] = [:]
      for name in names {
        if let effect = section.logit(name) { effects[name] = effect }
      }
      return effects
    } ?? [:]
  }
}
