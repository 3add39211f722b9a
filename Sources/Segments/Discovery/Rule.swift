/// A segment in words: the sessions that meet every one of a few conditions.
public struct Rule: Hashable, Sendable {
  /// The conditions, of which all must hold.
  public let conditions: [Condition]

  /// Creates the rule that joins some conditions, at least one.
  public init(_ conditions: [Condition]) {
    precondition(!conditions.isEmpty, "a rule asks something")
    self.conditions = conditions
  }

  /// Whether each session lies in the segment.
  ///
  /// - Throws: ``SegmentError`` if a condition does not fit the data.
  /// - Complexity: O(*n*) a condition.
  public func contains(_ data: SegmentData) throws(SegmentError) -> [Bool] {
    var inside = Array(repeating: true, count: data.arms.count)
    for condition in conditions {
      let holds = try condition.holds(in: data)
      for row in inside.indices { inside[row] = inside[row] && holds[row] }
    }
    return inside
  }

  /// The rule as an SQL predicate that can follow `WHERE`.
  public var predicate: String { conditions.map(\.predicate).joined(separator: " AND ") }
}

extension Rule: CustomStringConvertible {
  /// The rule in words: `plan is annual and tenure_days ≥ 365`.
  public var description: String { conditions.map(\.description).joined(separator: " and ") }
}
