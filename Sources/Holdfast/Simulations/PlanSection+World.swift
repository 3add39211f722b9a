internal import Bandits
internal import Yams

/// The world of a simulation.
extension PlanSection {
  /// The world: a file, a log to fit it to, or its rates.
  mutating func world(
    in folder: String, _ environment: [String: String]
  ) -> SimulationPlan.Source? {
    guard let node = node("world", required: true) else { return nil }
    if node.scalar != nil { return worldFile("world", in: folder, environment) }
    return section("world") { section -> SimulationPlan.Source? in
      if section.keys.contains("file") {
        return section.worldFile("file", in: folder, environment)
      }
      if section.keys.contains("fit") { return section.fit("fit", in: folder, environment) }
      return section.inlineWorld().map { .known($0) }
    } ?? nil
  }

  private mutating func worldFile(
    _ key: String, in folder: String, _ environment: [String: String]
  ) -> SimulationPlan.Source? {
    guard let path = inputPath(key, in: folder, environment, required: true) else { return nil }
    let world = nested(key, path) { () throws(PlanError) in try CancelWorld(contentsOf: path) }
    guard let world else { return nil }
    guard let named = try? NamedWorld(world) else {
      report(key, at: node(key), "in \(path): a rate is no number from 0 to 1")
      return nil
    }
    return .known(named)
  }

  private mutating func fit(
    _ key: String, in folder: String, _ environment: [String: String]
  ) -> SimulationPlan.Source? {
    guard let path = inputPath(key, in: folder, environment, required: true) else { return nil }
    let plan = nested(key, path) { () throws(PlanError) in
      try RunPlan(contentsOf: path, environment: environment)
    }
    return plan.map { .fitted(to: $0, place(key, at: node(key))) }
  }

  /// What another file says; its problems are reported as those of a key here.
  private mutating func nested<Value>(
    _ key: String, _ path: String, _ read: () throws(PlanError) -> Value
  ) -> Value? {
    do throws(PlanError) {
      return try read()
    } catch {
      for problem in error.problems { report(key, at: node(key), "in \(path): \(problem)") }
      return nil
    }
  }

  /// A world whose rates are written in the plan.
  private mutating func inlineWorld() -> NamedWorld? {
    let arms = strings("arms")
    if node("arms") == nil {
      report("", "expected 'file', 'fit', or 'arms' with their 'rates' or 'logits'")
    } else if node("arms")?.sequence?.isEmpty ?? false {
      report("arms", at: node("arms"), "expected the names of the arms")
    }
    if Set(arms).count < arms.count {
      report("arms", at: node("arms"), "an arm is named twice")
      return nil
    }
    let segments = shares("segments")
    let reasons = shares("reasons")
    let rates = cellRates()
    guard !arms.isEmpty, let segments, let reasons, let rates else { return nil }
    let cells = segments.flatMap { segment in
      reasons.map { reason in
        let names = [segment.name, reason.name].compactMap(\.self)
        return names.isEmpty ? "everybody" : names.joined(separator: " × ")
      }
    }
    var problems: [PlanProblem] = []
    let key = node("logits") == nil ? "rates" : "logits"
    let table = rates.table(
      arms: arms, cells: cells, start: nil, at: place(key, at: node(key)), &problems)
    add(problems)
    guard let table else { return nil }
    let world = try? RetentionWorld.crossing(
      segments: segments.map(\.share), reasons: reasons.map(\.share), armCount: arms.count
    ) { segment, reason, arm in table[segment * reasons.count + reason, arm] }
    guard let world else {
      report("segments", "the shares of segments and reasons have no finite sum")
      return nil
    }
    var named = NamedWorld(world.start, arms: arms, cells: cells, source: "rates of the plan")
    named.cellLevels = [
      cells.indices.map { $0 / reasons.count }, cells.indices.map { $0 % reasons.count },
    ]
    return named
  }

  /// Names with their shares: a mapping, or a list of names for equal shares; one without a name where
  /// the key is missing, and nil where it is wrong.
  private mutating func shares(_ key: String) -> [(name: String?, share: Double)]? {
    guard let node = node(key) else { return [(nil, 1)] }
    if node.mapping?.isEmpty ?? node.sequence?.isEmpty ?? false {
      report(key, at: node, "expected names, or names with their shares")
      return nil
    }
    guard node.mapping != nil else {
      let names = strings(key)
      if Set(names).count < names.count {
        report(key, at: node, "a name stands twice")
        return nil
      }
      return names.isEmpty ? nil : names.map { ($0, 1) }
    }
    let shares = section(key) { section in
      section.keys.map { name in
        section.requiredNumber(name, expected: "a number above 0, up to 1e12") {
          0 < $0 && $0 <= 1e12
        }.map { (name: name as String?, share: $0) }
      }
    }
    guard let shares, !shares.isEmpty, shares.allSatisfy({ $0 != nil }) else { return nil }
    return shares.compactMap(\.self)
  }
}
