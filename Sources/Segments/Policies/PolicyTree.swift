/// A policy that asks a few questions of a customer and then names an arm.
public struct PolicyTree: Hashable, Sendable {
  /// A question, or an answer.
  public indirect enum Node: Hashable, Sendable {
    /// The arm to show, by its place among the names.
    case leaf(arm: Int)
    /// Goes one way where a condition holds and the other where it does not; a missing value
    /// meets no condition but that it is missing.
    case split(Condition, holds: Node, otherwise: Node)
  }

  /// Whom to show an arm.
  public struct Leaf: Hashable, Sendable {
    /// The way from the top.
    public let path: TreePath
    /// The arm to show, by its place.
    public let arm: Int
  }

  /// The first question, or the only answer.
  public let root: Node
  /// The names of the arms.
  public let armNames: [String]

  /// Creates a policy from its questions.
  public init(root: Node, armNames: [String]) {
    (self.root, self.armNames) = (root, armNames)
  }

  /// The arm of each session.
  ///
  /// - Throws: ``SegmentError`` if a condition does not fit the data.
  /// - Complexity: O(*n*) a question.
  public func arms(of data: SegmentData) throws(SegmentError) -> [Int32] {
    try Self.arms(under: root, data)
  }

  private static func arms(
    under node: Node, _ data: SegmentData
  ) throws(SegmentError) -> [Int32] {
    switch node {
    case .leaf(let arm): return Array(repeating: Int32(arm), count: data.arms.count)
    case .split(let condition, let holds, let otherwise):
      let isHolding = try condition.holds(in: data)
      let (yes, no) = (try arms(under: holds, data), try arms(under: otherwise, data))
      return isHolding.indices.map { isHolding[$0] ? yes[$0] : no[$0] }
    }
  }

  /// The ways to the arms, from left to right.
  public var leaves: [Leaf] { Self.leaves(under: root, .root) }

  private static func leaves(under node: Node, _ path: TreePath) -> [Leaf] {
    switch node {
    case .leaf(let arm): [Leaf(path: path, arm: arm)]
    case .split(let condition, let holds, let otherwise):
      leaves(under: holds, path.adding(condition, holds: true))
        + leaves(under: otherwise, path.adding(condition, holds: false))
    }
  }
}

extension PolicyTree: CustomStringConvertible {
  /// One line a leaf: `plan is annual and tenure < 30: pause`.
  public var description: String {
    leaves.map { "\($0.path): \(armNames[$0.arm])" }.joined(separator: "\n")
  }
}
