/// The chance that each arm had of being shown to each session.
public enum ArmPropensities: Hashable, Sendable {
  /// One known chance an arm, the same for every session.
  case known([Double])
  /// Known chances, session after session, the arms of a session side by side.
  case logged([Double])
  /// The shares of the arms, counted on the other folds: for arms dealt out at random whose
  /// chances were not written down.
  case shares
  /// One logistic regression an arm on the covariates, fitted on the other folds and scaled to sum
  /// to one: for arms that depended on the covariates. No chance is taken to lie below the floor.
  case regression(floor: Double)
}

extension ArmPropensities {
  /// Checks chances that are known.
  func check(_ data: SegmentData) throws(SegmentError) {
    let arms = data.armNames.count
    switch self {
    case .known(let shares):
      precondition(shares.count == arms, "one chance belongs to each arm")
      if let arm = shares.firstIndex(where: { !(0 < $0 && $0 <= 1) }) {
        throw .propensityOutOfRange(row: 0, arm: data.armNames[arm])
      }
    case .logged(let chances):
      guard chances.count == data.arms.count * arms else {
        throw .lengthMismatch(
          column: "propensity", count: chances.count, sessions: data.arms.count)
      }
      if let place = chances.firstIndex(where: { !(0 < $0 && $0 <= 1) }) {
        throw .propensityOutOfRange(row: place / arms, arm: data.armNames[place % arms])
      }
    case .shares: break
    case .regression(let floor):
      precondition(0 < floor && floor < 1, "a floor of chances lies between 0 and 1")
    }
  }

  /// The chances of every arm for some sessions, as the others or what is known tell.
  ///
  /// - Parameters:
  ///   - rows: The sessions asked about.
  ///   - training: The sessions from which shares or regressions are learned.
  ///   - data: All sessions.
  ///   - features: The covariates of all sessions as columns.
  /// - Returns: The chances, session after session, the arms of a session side by side.
  /// - Throws: `noSessions` if an arm is missing from the training sessions.
  func chances(
    of rows: [Int], training: [Int], _ data: SegmentData, _ features: CovariateFeatures
  ) throws(SegmentError) -> [Double] {
    let arms = data.armNames.count
    switch self {
    case .known(let shares): return rows.flatMap { _ in shares }
    case .logged(let chances):
      return rows.flatMap { chances[($0 * arms)..<(($0 + 1) * arms)] }
    case .shares:
      var counts = Array(repeating: 0.0, count: arms)
      for row in training { counts[Int(data.arms[row])] += 1 }
      if let arm = counts.firstIndex(of: 0) { throw .noSessions(arm: data.armNames[arm]) }
      let shares = counts.map { $0 / Double(training.count) }
      return rows.flatMap { _ in shares }
    case .regression(let floor):
      let (here, there) = (features.matrix(data, rows), features.matrix(data, training))
      var chances = Array(repeating: 0.0, count: rows.count * arms)
      for arm in 0..<arms {
        let isArm = training.map { data.arms[$0] == Int32(arm) ? 1.0 : 0 }
        guard isArm.contains(1) else { throw .noSessions(arm: data.armNames[arm]) }
        let fitted = try OutcomeRegression(there, isArm).predictions(here)
        for index in rows.indices { chances[index * arms + arm] = fitted[index] }
      }
      for start in stride(from: 0, to: chances.count, by: arms) {
        let total = chances[start..<(start + arms)].reduce(0, +)
        for place in start..<(start + arms) { chances[place] = max(floor, chances[place] / total) }
      }
      return chances
    }
  }
}
