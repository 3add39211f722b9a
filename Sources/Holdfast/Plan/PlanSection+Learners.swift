internal import Yams

/// Learning policies in a plan.
extension PlanSection {
  /// A list of learning policies; nil if the key is not there.
  mutating func learners(_ key: String) -> [LearnerPlan]? {
    guard let node = node(key) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, "expected a list of policies")
      return nil
    }
    return items.enumerated().compactMap { learner($1, named: "\(key)[\($0)]") }
  }

  /// A learning policy under a key.
  mutating func learner(_ key: String, default fallback: LearnerPlan) -> LearnerPlan? {
    guard let node = node(key) else { return fallback }
    return learner(node, named: key)
  }

  /// A learning policy: a word, or a mapping of one to its settings, perhaps with a `name` for the row.
  mutating func learner(_ node: Node, named key: String) -> LearnerPlan? {
    if let word = node.scalar?.string {
      guard let (reader, byCell) = LearnerPlan.reader(named: word) else {
        report(key, at: node, "'\(word)' is not a policy; \(LearnerPlan.expected)")
        return nil
      }
      // Without settings: what is required is missed at the place of the word.
      let empty = Node.Mapping([], node.tag, .any, node.mark)
      return section(empty, named: "\(key).\(word)") { $0.learner(reader, byCell: byCell) }
    }
    guard let mapping = node.mapping else {
      report(key, at: node, LearnerPlan.expected)
      return nil
    }
    return section(mapping, named: key) { $0.namedLearner() }
  }

  /// The policy of a mapping that names one, with the label of its row.
  private mutating func namedLearner() -> LearnerPlan? {
    let label = string("name")
    let words = keys.filter { $0 != "name" && !DuplicateKeys.isMarked($0) }
    for word in words { _ = node(word) }
    guard words.count == 1, let word = words.first else {
      report("", "a mapping names one policy, and perhaps its 'name'; \(LearnerPlan.expected)")
      return nil
    }
    if word == "always" {
      return string("always", required: true).map { LearnerPlan(.fixed(arm: $0), label: label) }
    }
    guard let (reader, byCell) = LearnerPlan.reader(named: word) else {
      report(word, at: node(word), "this is not a policy; \(LearnerPlan.expected)")
      return nil
    }
    let settings = node(word)?.mapping
    if settings == nil, let node = node(word) {
      report(word, at: node, "expected a mapping of settings to values")
      return nil
    }
    var learner = section(settings ?? Node.Mapping([]), named: word) {
      $0.learner(reader, byCell: byCell)
    }
    if let label { learner?.label = label }
    return learner
  }

  /// A policy from the section of its settings.
  private mutating func learner(_ reader: LearnerPlan.Reader, byCell: Bool) -> LearnerPlan? {
    let isByCell = reader.hasCells && (flag("byCell", default: byCell) || byCell)
    guard let kind = reader.read(&self) else { return nil }
    if case .floored(var base, let floor) = kind {
      base.learnsByCell = base.learnsByCell || isByCell
      return LearnerPlan(.floored(base, floor: floor))
    }
    let learner = LearnerPlan(kind, learnsByCell: isByCell)
    return floor().map { LearnerPlan(.floored(learner, floor: $0)) } ?? learner
  }
}
