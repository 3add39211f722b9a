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
