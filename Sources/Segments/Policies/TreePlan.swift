/// A tree in the making: the tests by their places, and what the cells under it are worth.
indirect enum TreePlan {
  case leaf(arm: Int, value: Double, sessions: Double)
  case split(axis: Int, test: Int, holds: TreePlan, otherwise: TreePlan)

  /// The sum of the scores that the tree collects.
  var value: Double {
    switch self {
    case .leaf(_, let value, _): value
    case .split(_, _, let holds, let otherwise): holds.value + otherwise.value
    }
  }

  /// The number of sessions.
  var sessions: Double {
    switch self {
    case .leaf(_, _, let sessions): sessions
    case .split(_, _, let holds, let otherwise): holds.sessions + otherwise.sessions
    }
  }
}
