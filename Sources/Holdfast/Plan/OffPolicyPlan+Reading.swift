internal import Bandits
internal import Yams

extension RunPlan.OffPolicyPlan {
  init(reading section: inout PlanSection) {
    minimumEffectiveSampleSize = section.number(
      "minimumEffectiveSampleSize", default: minimumEffectiveSampleSize,
      expected: "a number of at least 2"
    ) { $0 >= 2 }
    estimators = section.estimators("estimators") ?? estimators
    intervals = section.names(
      "intervals", among: IntervalCatalogue.entries.map(\.name), default: intervals)
    rewardModel = section.word("rewardModel", default: rewardModel)
    priorSessions = section.positive("priorSessions", default: priorSessions)
    audit = section.section("audit", RunPlan.AuditPlan.init(reading:)) ?? audit
    netMarginMonths = section.netMarginMonths("netMargin")
    quantiles = section.numbers("quantiles", expected: "numbers between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    loggers = section.string("loggers")
    actionGroups = section.string("actionGroups")
    adaptive = section.section("adaptive", RunPlan.AdaptivePlan.init(reading:))
  }
}

extension RunPlan.AuditPlan {
  init(reading section: inout PlanSection) {
    let (unit, expected) = (0.0...1, "a number from 0 to 1")
    func share(_ key: String, _ value: inout Double) {
      value = section.number(key, default: value, expected: expected) { unit.contains($0) }
    }
    onDoubt = section.word("onDoubt", default: onDoubt)
    limits.periods = section.integer("periods", in: 1...1_000, default: limits.periods)
    share("alpha", &limits.alpha)
    share("topWeightShare", &limits.topWeightShare)
    share("coverageLoss", &limits.coverageLoss)
    limits.bias = section.positive("bias", default: limits.bias)
  }
}

extension RunPlan.AdaptivePlan {
  init(reading section: inout PlanSection) {
    batches = section.string("batches")
    periodDays = section.positive("periodDays", default: periodDays)
    if batches != nil, section.keys.contains("periodDays") {
      section.report("periodDays", "expected 'batches' or 'periodDays', not both")
    }
    floor =
      section.section("floor") { section in
        let start = section.requiredNumber("start", expected: "a number above 0, at most 1") {
          $0 > 0 && $0 <= 1
        }
        let decay = section.number("decay", default: 0, expected: "a number from 0 to below 1") {
          0 <= $0 && $0 < 1
        }
        return start.map { DecayingFloor(start: $0, decay: decay) }
      } ?? nil
  }
}

extension PlanSection {
  /// A list of names out of a catalogue; a single one stands for a list of one.
  mutating func names(_ key: String, among allowed: [String], default fallback: [String])
    -> [String]
  {
    guard let node = node(key) else { return fallback }
    let names = strings(key)
    for name in names where !allowed.contains(name) {
      report(
        key, at: node,
        "'\(name)' is not allowed; expected one of: \(allowed.joined(separator: ", "))")
    }
    if names.isEmpty { report(key, at: node, "expected a name or a list of names") }
    return names
  }

  /// A list of estimators: names, or names with a constant.
  fileprivate mutating func estimators(_ key: String) -> [EstimatorPlan]? {
    guard let node = node(key) else { return nil }
    let entries = EstimatorCatalogue.entries
    let expected = "expected one of: \(entries.map(\.name).joined(separator: ", "))"
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, "expected a list of estimators")
      return nil
    }
    return items.enumerated().compactMap { index, item -> EstimatorPlan? in
      if let name = item.scalar?.string {
        if entries.contains(where: { $0.name == name }) { return EstimatorPlan(name) }
        report(key, at: item, "'\(name)' is not an estimator; \(expected)")
        return nil
      }
      guard let mapping = item.mapping, mapping.count == 1 else {
        report(key, at: item, "expected a name, or a name with its constant, as in {switch: 10}")
        return nil
      }
      return section(mapping, named: "\(key)[\(index)]") { section in
        guard let name = section.keys.first,
          let entry = entries.first(where: { $0.name == name })
        else {
          section.report("", expected)
          return nil
        }
        guard entry.makeShrinking != nil else {
          _ = section.node(name)
          section.report(name, "\(name) shrinks no weights, and takes no constant")
          return nil
        }
        return section.constant(of: name).map { EstimatorPlan(name, $0) }
      }
    }
  }

  /// The constant of an estimator: a number, or a list to choose from.
  private mutating func constant(of name: String) -> EstimatorPlan.Constant? {
    let isShare = name.hasPrefix("sg-")
    let expected = isShare ? "a number from 0 to 1" : "a number above 0"
    func isAllowed(_ constant: Double) -> Bool {
      isShare ? (0...1).contains(constant) : constant > 0
    }
    guard let node = node(name) else { return .standard }
    guard node.mapping != nil else {
      return .fixed(number(name, default: 1, expected: expected, where: isAllowed))
    }
    return section(name) { section -> EstimatorPlan.Constant? in
      let slope = section.numbers("slope", expected: "a list, each \(expected)", where: isAllowed)
      let heldOut = section.numbers(
        "heldOut", expected: "a list, each \(expected)", where: isAllowed)
      if slope.isEmpty == heldOut.isEmpty {
        section.report("", "expected 'slope' or 'heldOut' with a list of constants")
        return nil
      }
      return slope.isEmpty ? .heldOut(heldOut) : .slope(slope)
    } ?? nil
  }
}
