/// What is known of how the arms of some sessions were chosen.
enum Randomisation: Sendable {
  /// Each arm has one probability for all sessions, or the plan names an experiment.
  case known
  /// The logged probabilities of an arm vary: its sessions are not like another's.
  case varies
  /// Neither propensities nor an experiment: the arms may differ in more than the offer.
  case unknown

  init(_ log: EncodedLog, rows: [Int], plan: RunPlan) {
    guard let propensities = log.propensities else {
      self = plan.experiment == nil ? .unknown : .known
      return
    }
    var first: [Double?] = Array(repeating: nil, count: log.arms.levels.count)
    for row in rows {
      let arm = Int(log.arms.codes[row])
      if let propensity = first[arm], propensity != propensities[row] {
        self = .varies
        return
      }
      first[arm] = propensities[row]
    }
    self = .known
  }

  /// What to know before comparing the arms.
  var warning: String? {
    switch self {
    case .known: nil
    case .varies:
      "propensities vary within an arm: the plain comparison is confounded; see the policy rows"
    case .unknown:
      "no propensities are logged and no experiment is named: the arms may differ in more than the "
        + "offer"
    }
  }
}
