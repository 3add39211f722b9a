internal import Bandits
internal import Yams

/// Pages of several slots, each with an offer or a card of its own, as a plan names their columns.
public struct SlatePlan: Hashable, Sendable {
  /// The columns that hold the arm of each slot, from the first to the last.
  public var slots: [String]
  /// The columns that hold the reward of each slot; empty where the page has one reward, the metric.
  public var rewards: [String] = []
  /// How probable the pages were.
  public var propensities = Propensities.uniform
  /// The policies of pages that are valued.
  public var policies: [Policy] = [.uniform, .thompson]
  /// The estimators by their names in ``SlateEstimatorCatalogue``.
  public var estimators = ["sips", "rips", "iips", "cascade-dr", "wpi"]

  /// How probable the pages were.
  public enum Propensities: Hashable, Sendable {
    /// Every ordered choice of different arms was as probable as the next.
    case uniform
    /// Columns of numbers: one for the page, and one for each slot for the page down to it, and for the
    /// arm in it whatever the others show; each may be missing.
    case columns(joint: String?, cascade: [String], marginal: [String])
  }

  /// A policy of pages.
  public enum Policy: Hashable, Sendable {
    /// Every ordered choice of different arms alike.
    case uniform
    /// The arms of greatest draws from their posteriors, learned on one half of the customers.
    case thompson
    /// Arms one after another in proportion to their weights; an arm that is not named has none.
    case plackettLuce(name: String, weights: [String: Double])
  }
}

extension SlatePlan {
  init?(reading section: inout PlanSection) {
    slots = section.strings("slots")
    rewards = section.strings("rewards")
    estimators = section.names(
      "estimators", among: SlateEstimatorCatalogue.entries.map(\.name), default: estimators)
    if let read = section.slatePropensities("propensities") { propensities = read }
    policies = section.slatePolicies("policies") ?? policies
    let count = slots.count
    if slots.isEmpty { section.report("slots", "this key is required: a list of columns") }
    if Set(slots).count < count { section.report("slots", "expected every column once") }
    var lists = [("rewards", rewards)]
    if case .columns(_, let cascade, let marginal) = propensities {
      lists += [("propensities.cascade", cascade), ("propensities.marginal", marginal)]
    }
    for (key, columns) in lists where !columns.isEmpty && columns.count != count {
      section.report(key, "expected \(count) columns, one for each slot")
    }
    if slots.isEmpty { return nil }
  }
}

extension PlanSection {
  fileprivate mutating func slatePropensities(_ key: String) -> SlatePlan.Propensities? {
    guard let node = node(key) else { return nil }
    if node.scalar?.string == "uniform" { return .uniform }
    guard node.mapping != nil else {
      report(key, at: node, "expected 'uniform', or columns: joint, cascade, marginal")
      return nil
    }
    return section(key) { section in
      let columns = SlatePlan.Propensities.columns(
        joint: section.string("joint"), cascade: section.strings("cascade"),
        marginal: section.strings("marginal"))
      if columns == .columns(joint: nil, cascade: [], marginal: []) {
        section.report("", "expected at least one of: joint, cascade, marginal")
      }
      return columns
    }
  }

  fileprivate mutating func slatePolicies(_ key: String) -> [SlatePlan.Policy]? {
    guard let node = node(key) else { return nil }
    let expected = "expected one of uniform, thompson, or a mapping: plackettLuce"
    guard let items = node.sequence, !items.isEmpty else {
      report(key, at: node, "expected a list of policies of pages; each \(expected)")
      return nil
    }
    return items.enumerated().compactMap { index, item -> SlatePlan.Policy? in
      switch item.scalar?.string {
      case "uniform": return .uniform
      case "thompson": return .thompson
      case let word?:
        report(key, at: item, "'\(word)' is not a policy of pages; \(expected)")
        return nil
      case nil: break
      }
      guard let mapping = item.mapping else {
        report(key, at: item, expected)
        return nil
      }
      return section(mapping, named: "\(key)[\(index)]") { section in
        let name = section.string("name") ?? "Plackett–Luce"
        let weights = section.section("plackettLuce") { section in
          var weights: [String: Double] = [:]
          for arm in section.keys {
            weights[arm] = section.number(arm, default: 0, expected: "a number from 0 to 1e9") {
              (0...1e9).contains($0)
            }
          }
          return weights
        }
        if weights == nil { section.report("", expected) }
        return weights.map { .plackettLuce(name: name, weights: $0) }
      }
    }
  }
}
