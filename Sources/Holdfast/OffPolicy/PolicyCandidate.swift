internal import Bandits

/// A policy of the plan, made ready for a log: its name and what to evaluate.
struct PolicyCandidate: Sendable {
  /// The name in the rows.
  let name: String
  /// What it does.
  let kind: Kind

  enum Kind: Sendable {
    /// Probabilities fixed beforehand, by cell.
    case target(ActionTable)
    /// Learned on one half of the customers, valued on the other.
    case learned(byCell: Bool, epsilon: Double)
    /// Learns while the log is replayed.
    case replayed(any Policy)
  }

  /// The candidates of a plan, in its order.
  static func candidates(
    of plan: RunPlan, log: EncodedLog
  ) throws(RunError) -> [PolicyCandidate] {
    let arms = log.arms.levels
    let cellCount = log.cells.levels.count
    func fixed(_ arm: Int) -> PolicyCandidate {
      PolicyCandidate(
        name: "always \(arms[arm])",
        kind: .target(
          ActionTable(of: FixedPolicy(Arm(arm), armCount: arms.count), cellCount: cellCount)))
    }
    var candidates: [PolicyCandidate] = []
    for policy in plan.policies {
      switch policy {
      case .uniform:
        candidates.append(
          PolicyCandidate(
            name: "uniform",
            kind: .target(
              ActionTable(of: UniformPolicy(armCount: arms.count), cellCount: cellCount))))
      case .always(let name):
        guard let arm = arms.firstIndex(of: name) else {
          throw .unknownArm(key: "policies.always", arm: name, seen: arms)
        }
        candidates.append(fixed(arm))
      case .eachArm: candidates += arms.indices.map(fixed)
      case .bestArm:
        candidates.append(
          PolicyCandidate(name: "best arm", kind: .learned(byCell: false, epsilon: 0)))
      case .bestByCell:
        candidates.append(
          PolicyCandidate(
            name: "best by \(log.cells.name)", kind: .learned(byCell: true, epsilon: 0)))
      case .epsilonGreedy(let epsilon):
        candidates.append(
          PolicyCandidate(
            name: "\(epsilon)-greedy by \(log.cells.name)",
            kind: .learned(byCell: true, epsilon: epsilon)))
      case .learner(let learner):
        candidates.append(
          PolicyCandidate(
            name: learner.label
              ?? learner.name.replacing(" by cell", with: " by \(log.cells.name)"),
            kind: try kind(of: learner, plan: plan, log: log)))
      case .table(let name, let file):
        candidates.append(
          PolicyCandidate(name: name, kind: .target(try PolicyTableFile.read(file, log: log))))
      }
    }
    return candidates
  }

  /// A learning policy made for the log; one that does not learn is a target.
  private static func kind(
    of learner: LearnerPlan, plan: RunPlan, log: EncodedLog
  ) throws(RunError) -> Kind {
    guard !log.arms.levels.isEmpty, !log.cells.levels.isEmpty else {
      throw .noSessions(file: plan.sessions)
    }
    var setting = LearnerSetting(
      arms: log.arms.levels, cells: log.cells.levels, windowDays: Double(plan.windowDays))
    setting.cellLevels = log.cellLevels.map { $0.map(Int.init) }
    let policy = try learner.policy(for: setting)
    return switch learner.kind {
    case .uniform, .fixed, .table:
      .target(ActionTable(of: policy, cellCount: log.cells.levels.count))
    default: .replayed(policy)
    }
  }
}
