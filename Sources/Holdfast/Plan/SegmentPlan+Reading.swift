internal import Segments
internal import Yams

extension SegmentPlan {
  init(reading section: inout PlanSection) {
    columns = section.strings("columns")
    minimumSessions = section.integer(
      "minimumSessions", in: 2...1_000_000_000, default: minimumSessions)
    maximumRules = section.integer("maximumRules", in: 1...10_000, default: maximumRules)
    depth = section.integer("depth", in: 1...2, default: depth)
    stability = section.integer("stability", in: 0...64, default: stability)
    permutations = section.integer("permutations", in: 0...10_000, default: permutations)
    cells = section.lists("cells")
    treeDepth = section.integer("treeDepth", in: 0...10, default: treeDepth)
    models = section.models("models")
    uplift = section.section("uplift", UpliftPlan.init(reading:)) ?? uplift
    policy = section.section("policy", PolicyTreePlan.init(reading:)) ?? policy
  }
}

extension UpliftPlan {
  init(reading section: inout PlanSection) {
    learners = section.learners("learners", default: learners)
    bins = section.integer("bins", in: 2...100, default: bins)
    budgets = section.shares("budgets", default: budgets)
  }
}

extension PolicyTreePlan {
  init(reading section: inout PlanSection) {
    depth = section.integer("depth", in: 0...3, default: depth)
    minimumSessions = section.integer("minimumSessions", in: 1...1_000_000_000)
    netMarginMonths = section.netMarginMonths("netMargin")
    folds = section.integer("folds", in: 2...100, default: folds)
  }
}

extension PlanSection {
  /// A list of lists of texts, or one list of texts; nil where the key is not there.
  fileprivate mutating func lists(_ key: String) -> [[String]]? {
    guard let node = node(key) else { return nil }
    guard let items = node.sequence.map(Array.init) else {
      report(key, at: node, "expected a list of lists of columns")
      return nil
    }
    if !items.isEmpty, items.allSatisfy({ $0.scalar != nil }) { return [strings(key)] }
    let lists = items.map { item in
      item.sequence.map { $0.compactMap { $0.scalar?.string } } ?? []
    }
    guard zip(items, lists).allSatisfy({ !$1.isEmpty && $0.sequence?.count == $1.count }) else {
      report(key, at: node, "expected a list of lists of columns")
      return nil
    }
    return lists
  }

  /// Names of learners, as the field abbreviates them.
  fileprivate mutating func learners(
    _ key: String, default fallback: [UpliftLearner]
  ) -> [UpliftLearner] {
    guard let node = node(key) else { return fallback }
    return strings(key).compactMap { name in
      if let learner = UpliftLearner.allCases.first(where: { $0.planName == name }) {
        return learner
      }
      let allowed = UpliftLearner.allCases.map(\.planName).joined(separator: ", ")
      report(key, at: node, "'\(name)' is no learner; expected some of: \(allowed)")
      return nil
    }
  }

  /// A list of shares above 0 and up to 1.
  fileprivate mutating func shares(_ key: String, default fallback: [Double]) -> [Double] {
    guard let node = node(key) else { return fallback }
    let items = node.sequence.map(Array.init) ?? [node]
    let shares = items.compactMap(\.plainNumber).filter { 0 < $0 && $0 <= 1 }
    if shares.count == items.count { return shares }
    report(key, at: node, "expected numbers above 0 and up to 1")
    return fallback
  }

  /// The regressions: formulas, or mappings with a formula and its settings.
  fileprivate mutating func models(_ key: String) -> [ModelPlan] {
    guard let node = node(key) else { return [] }
    let items = node.sequence.map(Array.init) ?? [node]
    return items.enumerated().compactMap { index, item -> ModelPlan? in
      let name = "\(key)[\(index)]"
      if let text = item.scalar?.string { return model(text, name, at: item) }
      guard let mapping = item.mapping else {
        report(name, at: item, "expected a formula, or a mapping with one under 'formula'")
        return nil
      }
      return section(mapping, named: name) { $0.model() }
    }
  }

  private mutating func model() -> ModelPlan? {
    // Every key is asked for, so that all mistakes are told at once.
    let text = string("formula", required: true)
    let name = string("name")
    let family = optionalWord("family", ModelPlan.Family.self)
    let errors = optionalWord("errors", ModelPlan.Errors.self)
    let intervals = word("intervals", default: ModelPlan.Intervals.wald)
    guard let text, var model = model(text, "formula", at: node("formula")) else { return nil }
    model.name = name ?? text
    (model.family, model.errors, model.intervals) = (family, errors, intervals)
    let isChance = [nil, .logistic, .firth].contains(family)
    if intervals != .wald, !isChance || (family == .firth && intervals == .score) {
      report(
        "intervals", at: node("intervals"),
        "\(intervals.rawValue) intervals are those of a logistic regression"
          + (family == .firth ? " without a penalty" : ""))
    }
    if let errors, errors != .model, intervals != .wald || family == .firth {
      report(
        "errors", at: node("errors"),
        "\(intervals == .wald ? "Firth's penalty has" : "\(intervals.rawValue) intervals have") no "
          + "\(errors.rawValue) errors; expected model")
    }
    return model
  }

  private mutating func model(_ text: String, _ key: String, at node: Node?) -> ModelPlan? {
    do throws(FormulaError) {
      return try ModelPlan(text)
    } catch {
      report(key, at: node, "in the formula '\(text)': \(error.sentence)")
      return nil
    }
  }
}

extension UpliftLearner {
  /// The learner's name in plans and rows.
  var planName: String {
    switch self {
    case .t, .s, .x, .r: rawValue
    case .doublyRobust: "dr"
    }
  }

  /// The learner's name in words.
  var label: String { "\(planName.uppercased())-learner" }
}

extension FormulaError {
  /// The mistake in words.
  var sentence: String {
    switch self {
    case .unexpected(let character, let column):
      "'\(character)' cannot stand at column \(column)"
    case .incomplete(let column): "it ends at column \(column) where a variable should follow"
    case .unclosed(let column): "what opens at column \(column) is never closed"
    case .unknownFunction(let name, let column):
      "there is no function '\(name)' (column \(column)); expected log, log1p or sqrt"
    case .tooDeep(let column): "too many parentheses within each other at column \(column)"
    case .tooManyTerms(let column): "more than 10,000 terms at column \(column)"
    case .responseAmongTerms(let column):
      "the outcome also explains itself (column \(column))"
    case .unknownVariable(let name, let column):
      "the log has no column '\(name)' (column \(column) of the formula)"
    case .functionOfCategory(let function, let column):
      "\(function) of a category (column \(column)); expected a number"
    case .undefined(let label, let row, let column):
      "\(label) has no value in session \(row + 1) of those that count (column \(column))"
    case .unusableResponse(let name, let row):
      row.map { "the outcome '\(name)' is missing in session \($0 + 1) of those that count" }
        ?? "the outcome '\(name)' is a category of other than two levels"
    }
  }
}
