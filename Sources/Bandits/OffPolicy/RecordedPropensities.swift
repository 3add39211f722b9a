/// The probabilities of all arms in groups of sessions, as the propensities tell that were recorded of the
/// arms shown.
///
/// A log records the probability of the arm that was shown, and of no other. In a group in which the logging
/// policy did not change (a batch of a cell, say) each arm's probability is read from the sessions that
/// were shown it. Arms that no session of the group was shown share evenly what is left to 1: a single one
/// has exactly that.
public struct RecordedPropensities: Hashable, Sendable {
  /// The probability of each arm in each group: a row is a group.
  public let table: ActionTable
  /// The groups in which two arms or more had to share what was left.
  public let guessedGroups: Int

  /// By how much recorded propensities may miss a sum of 1: what rounding to a few decimals explains.
  private static let tolerance = 0.005

  /// Reads the probabilities of each group.
  ///
  /// - Parameters:
  ///   - log: The sessions.
  ///   - groups: The group of each session, below `groupCount`.
  ///   - groupCount: The number of groups; one without sessions is uniform.
  /// - Throws: `propensityVaries` if an arm was recorded with two probabilities in a group,
  ///   `notProbabilities` if those of a group do not sum to 1.
  /// - Complexity: O(*n* + groups · *K*).
  public init(_ log: DecisionLog, groups: [Int32], groupCount: Int) throws(OffPolicyError) {
    precondition(groups.count == log.count, "every session has a group")
    let armCount = log.armCount
    var values = Array(repeating: 0.0, count: groupCount * armCount)
    for row in 0..<log.count {
      let place = Int(groups[row]) * armCount + Int(log.arms[row])
      let propensity = log.propensities[row]
      if values[place] == 0 { values[place] = propensity }
      guard abs(values[place] - propensity) <= 1e-9 * propensity else {
        throw .propensityVaries(group: Int(groups[row]), arm: Int(log.arms[row]))
      }
    }
    var guessed = 0
    for group in 0..<groupCount {
      let places = group * armCount..<(group + 1) * armCount
      let sum = places.reduce(0) { $0 + values[$1] }
      let unseen = places.filter { values[$0] == 0 }
      if sum == 0 || (!unseen.isEmpty && sum < 1) {
        for place in unseen { values[place] = (1 - sum) / Double(unseen.count) }
        guessed += unseen.count > 1 ? 1 : 0
      } else {
        guard abs(sum - 1) <= Self.tolerance else {
          throw .notProbabilities(cell: group, sum: sum)
        }
        for place in places { values[place] /= sum }
      }
    }
    table = ActionTable(cellCount: groupCount, armCount: armCount, values: values)
    guessedGroups = guessed
  }
}
