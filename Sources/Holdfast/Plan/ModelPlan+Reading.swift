internal import Segments
internal import Yams

extension PlanSection {
  /// The regressions: formulas, or mappings with a formula and its settings.
  mutating func models(_ key: String) -> [ModelPlan] {
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
    let penalty = penalty("penalty")
    let (levels, strata) = (strings("levels"), string("strata"))
    guard let text, var model = model(text, "formula", at: node("formula")) else { return nil }
    model.name = name ?? text
    (model.family, model.errors, model.intervals) = (family, errors, intervals)
    model.penalty = penalty
    (model.levels, model.strata) = (levels, strata)
    check(model)
    return model
  }

  /// Reports settings that do not go together.
  private mutating func check(_ model: ModelPlan) {
    func name(_ family: ModelPlan.Family?) -> String { family?.rawValue ?? "of the metric" }
    if model.penalty != nil {
      if let family = model.family, ![.logistic, .normal].contains(family) {
        report("penalty", at: node("penalty"), "there is none for family \(family.rawValue)")
      }
      for key in ["errors", "intervals"] where node(key) != nil {
        report(key, at: node(key), "penalised coefficients have no \(key)")
      }
    }
    let likelihoods: [ModelPlan.Family?] =
      model.intervals == .profile ? [nil, .logistic, .firth] : [nil, .logistic]
    if model.intervals != .wald, !likelihoods.contains(model.family) {
      report(
        "intervals", at: node("intervals"),
        "family \(name(model.family)) has no \(model.intervals.rawValue) intervals")
    }
    let isModelOnly = model.intervals != .wald || model.family?.isModelOnly ?? false
    if isModelOnly, let errors = model.errors, errors != .model {
      report(
        "errors", at: node("errors"),
        "family \(name(model.family)) with \(model.intervals.rawValue) intervals has no "
          + "\(errors.rawValue) errors; expected model")
    }
    if model.family?.isOfLevels ?? false, model.formula.response == nil {
      report(
        "formula", at: node("formula"),
        "family \(name(model.family)) needs an outcome: 'column ~ terms'")
    }
    if !model.levels.isEmpty, !(model.family?.isOfLevels ?? false) {
      report("levels", at: node("levels"), "levels are those of families multinomial and ordinal")
    }
    if (model.strata == nil) == (model.family == .conditional) {
      report(
        "strata", at: node("strata"),
        model.strata == nil
          ? "family conditional needs the column that makes the strata"
          : "strata are those of family conditional")
    }
  }

  private mutating func model(_ text: String, _ key: String, at node: Node?) -> ModelPlan? {
    do throws(FormulaError) {
      return try ModelPlan(text)
    } catch {
      report(key, at: node, "in the formula '\(text)': \(error.sentence)")
      return nil
    }
  }

  /// The word `lasso`, or a mapping of settings.
  private mutating func penalty(_ key: String) -> PenaltyPlan? {
    guard let node = node(key) else { return nil }
    if node.mapping == nil {
      guard node.scalar?.string == "lasso" else {
        report(key, at: node, "'\(node.summary)' is not allowed; expected lasso, or a mapping")
        return nil
      }
      return PenaltyPlan()
    }
    return section(key) { section in
      var penalty = PenaltyPlan()
      penalty.unit = section.word("by", default: penalty.unit)
      penalty.alpha = section.number(
        "alpha", default: penalty.alpha, expected: "a number above 0 and up to 1"
      ) { 0 < $0 && $0 <= 1 }
      penalty.choice = section.word("choose", default: penalty.choice)
      penalty.isAdaptive = section.flag("adaptive", default: penalty.isAdaptive)
      penalty.stability = section.integer("stability", in: 0...500, default: penalty.stability)
      if section.node("knockoffs") != nil {
        penalty.knockoffs = section.number(
          "knockoffs", default: 0.1, expected: "a rate above 0 and below 1"
        ) { 0 < $0 && $0 < 1 }
      }
      if penalty.unit == .term {
        for key in ["alpha", "adaptive", "stability", "knockoffs"] where section.node(key) != nil {
          section.report(key, at: section.node(key), "a penalty by term has no \(key)")
        }
      }
      return penalty
    }
  }
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
