/// The way from the top of a tree to a leaf: conditions, and whether each holds.
public struct TreePath: Hashable, Sendable {
  /// A condition on the way.
  public struct Step: Hashable, Sendable {
    /// What was asked.
    public let condition: Condition
    /// Whether it held; where the covariate is missing no condition holds but that it is missing.
    public let holds: Bool
  }

  /// The conditions, the first asked first; none for a tree of one leaf.
  public let steps: [Step]

  /// The way that goes one condition further.
  func adding(_ condition: Condition, holds: Bool) -> TreePath {
    TreePath(steps: steps + [Step(condition: condition, holds: holds)])
  }

  /// The way to the top.
  static let root = TreePath(steps: [])

  /// Whether each session goes this way.
  ///
  /// - Throws: ``SegmentError`` if a condition does not fit the data.
  /// - Complexity: O(*n*) a condition.
  public func contains(_ data: SegmentData) throws(SegmentError) -> [Bool] {
    var inside = Array(repeating: true, count: data.arms.count)
    for step in steps {
      let holds = try step.condition.holds(in: data)
      for row in inside.indices where holds[row] != step.holds { inside[row] = false }
    }
    return inside
  }

  /// The way as an SQL predicate that can follow `WHERE`.
  ///
  /// A missing value fails a comparison, in the predicate as in the tree.
  public var predicate: String {
    steps.isEmpty
      ? "TRUE"
      : steps.map { $0.holds ? $0.condition.predicate : "(\($0.condition.predicate)) IS NOT TRUE" }
        .joined(separator: " AND ")
  }
}

extension TreePath: CustomStringConvertible {
  /// The way in words: `plan is annual and tenure ≥ 30 or missing`; `everybody` if nothing is asked.
  public var description: String {
    steps.isEmpty ? "everybody" : steps.map(\.description).joined(separator: " and ")
  }
}

extension TreePath.Step: CustomStringConvertible {
  /// The step in words.
  public var description: String {
    guard !holds else { return condition.description }
    return switch condition.requirement {
    case .level(let level): "\(condition.covariate) is not \(level)"
    case .below(let cut): "\(Condition(condition.covariate, .atLeast(cut))) or missing"
    case .atLeast(let cut): "\(Condition(condition.covariate, .below(cut))) or missing"
    case .missing: "\(condition.covariate) is known"
    }
  }
}
