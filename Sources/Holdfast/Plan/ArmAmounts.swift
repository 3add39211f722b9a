internal import Yams

/// An amount of money for each arm, as a plan gives it: one for every arm, or by the arms' names.
public struct ArmAmounts: Hashable, Sendable {
  /// The amount of an arm that is not named; nil where each is to be named.
  public var others: Double?
  /// The amounts of arms by their names.
  public var named: [String: Double]

  /// Takes the amounts.
  public init(others: Double? = nil, named: [String: Double] = [:]) {
    self.others = others
    self.named = named
  }

  /// The amounts in the order of the arms; nil for one that has none.
  func amounts(of arms: [String]) -> [Double?] { arms.map { named[$0] ?? others } }

  /// What does not fit the arms of a world, in words.
  func problems(for arms: [String], _ what: String) -> [String] {
    named.keys.filter { !arms.contains($0) }.sorted().map {
      "\(what): there is no arm '\($0)'; there are: \(arms.joined(separator: ", "))"
    }
      + zip(arms, amounts(of: arms)).filter { $0.1 == nil }.map {
        "\(what): the arm '\($0.0)' has no amount"
      }
  }
}

extension PlanSection {
  /// One amount for every arm, or a mapping of arms to amounts in which `others` stands for the rest.
  mutating func armAmounts(
    _ key: String, others: Double? = nil, expected: String, where isAllowed: (Double) -> Bool
  ) -> ArmAmounts? {
    guard let node = node(key) else { return nil }
    guard node.mapping != nil else {
      return requiredNumber(
        key, expected: "\(expected), or a mapping of arms to such", where: isAllowed
      )
      .map { ArmAmounts(others: $0) }
    }
    return section(key) { section in
      var amounts = ArmAmounts(others: others)
      for arm in section.keys {
        let amount = section.requiredNumber(arm, expected: expected, where: isAllowed)
        if arm == "others" { amounts.others = amount } else { amounts.named[arm] = amount }
      }
      return amounts
    }
  }
}
