/// Marginalised importance sampling: weights of groups of arms instead of arms (MIPS).
///
///     wᵢ = Σ_{a ∈ g(aᵢ)} π(a | xᵢ) / Σ_{a ∈ g(aᵢ)} p(a | xᵢ)      V̂ = (1/n) Σᵢ wᵢrᵢ
///
/// If the reward depends on the arm only through its group (the size of a discount, not its wording), a
/// group's weight is enough, and never varies more than the arm's: the target may play arms that the
/// log never did, as long as the log played one of their group. If an arm matters beyond its group, the
/// estimate is biased. It needs the whole logging policy, not only the propensity of what was shown.
///
/// Reference: Saito and Joachims (2022), *ICML*, 19089–19122, equation 5 and theorem 3.6.
public struct MarginalizedImportanceSampling: TermwiseEstimator, Hashable {
  public var floors: EvidenceFloors
  /// The probabilities of the logging policy.
  public let logging: ActionTable
  /// The group of each arm.
  public let groups: [Int]

  /// Creates the estimator from the logging policy and the group, zero or more, of each of its arms.
  public init(logging: ActionTable, groups: [Int], floors: EvidenceFloors = EvidenceFloors()) {
    precondition(groups.count == logging.armCount, "every arm has a group")
    precondition(groups.allSatisfy { $0 >= 0 }, "a group is not negative")
    self.logging = logging
    self.groups = groups
    self.floors = floors
  }

  public var name: String { "MIPS" }
  public var modelsRewards: Bool { false }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    // Support is that of groups: within each, the target plays as the log did.
    let supportedShare = try floors.support(of: grouped(target), in: log)
    let term = try terms(of: target, in: log)
    let summary: WeightedTerms = log.summary { summary, row in
      let session = term(row)
      summary.add(weight: session.weight, term: session.value)
    }
    return try floors.meanOfTerms(summary, by: name, supportedShare: supportedShare)
  }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) throws(OffPolicyError) -> @Sendable (_ row: Int) -> SessionTerm {
    precondition(
      logging.cellCount == log.cellCount && logging.armCount == log.armCount,
      "the logging policy covers the cells and arms of the log")
    try logging.checkProbabilities()
    try target.checkProbabilities()
    let (wanted, had) = (sums(target), sums(logging))
    let weights = zip(wanted, had).map { $1 > 0 ? $0 / $1 : 0 }
    return { row in
      let weight = weights[log.place(row)]
      return SessionTerm(weight: weight, value: weight * log.rewards[row])
    }
  }

  /// The probability of an arm's group, in the place of each arm.
  private func sums(_ table: ActionTable) -> [Double] {
    (0..<table.cellCount).flatMap { cell in
      var sums = Array(repeating: 0.0, count: (groups.max() ?? 0) + 1)
      for (arm, group) in groups.enumerated() { sums[group] += table[cell, arm] }
      return groups.map { sums[$0] }
    }
  }

  /// The policy with the target's probabilities of groups, and the log's of arms within each; where the
  /// log never plays a group, the target's own.
  private func grouped(_ target: ActionTable) -> ActionTable {
    let (wanted, had) = (sums(target), sums(logging))
    return ActionTable(
      cellCount: target.cellCount, armCount: target.armCount,
      values: target.values.indices.map { place in
        had[place] > 0 ? logging.values[place] * (wanted[place] / had[place]) : target.values[place]
      })
  }
}
