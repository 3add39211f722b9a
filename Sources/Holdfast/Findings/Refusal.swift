internal import Bandits
internal import Inference

/// The sentence behind each reason not to answer.
enum Refusal {
  static func sentence(_ error: InferenceError, arm: String, baseline: String) -> String {
    error.sentence { $0 == 0 ? baseline : arm }
  }

  static func sentence(_ error: OffPolicyError) -> String {
    switch error {
    case .emptyLog: "no session counts"
    case .noPropensities: "the log has no propensities"
    case .armOutOfRange(let row, _), .cellOutOfRange(let row, _), .propensityOutOfRange(let row),
      .rewardNotFinite(let row), .timeOutOfRange(let row), .knownOutOfRange(let row):
      "session \(row) of the sample is out of range"
    case .notProbabilities(let cell, let sum):
      "the policy's probabilities in cell \(cell) sum to \(sum)"
    case .propensityVaries(let group, let arm):
      "arm \(arm) was recorded with more than one propensity in group \(group), in which the logging policy "
        + "is taken not to change"
    case .noSupport(let mass, let allowed):
      "no support: the log never shows what the policy would in \(percent(mass)) of the sessions "
        + "(allowed: \(percent(allowed)))"
    case .effectiveSampleSizeTooSmall(let size, let floor):
      "effective sample size \(Decimals.text(size, 1)) is below the floor of \(Decimals.text(floor, 0))"
    case .notRecorded: "the log does not hold the propensities that the estimator needs"
    case .noMatches(let rows): "the policy agrees with the log in none of \(rows) sessions"
    case .notUniform(_, let propensity):
      "matching needs uniform choices; a session was shown its arm with probability \(propensity)"
    case .noVariation: "the rewards do not vary"
    case .overflow: "a weight is too large for a number"
    }
  }

  /// Why an audit advises against an estimate, with arms and cells by their names.
  static func sentence(_ reason: AbstentionReason, arms: [String], cells: [String]) -> String {
    switch reason {
    case .miscalibrated(let cell, let arm, let frequency, let recorded, let pValue):
      "\(cells[cell]) was shown \(arms[arm.index]) in \(percent(frequency)) of its sessions, recorded as "
        + "\(percent(recorded)), p \(Decimals.pValue(pValue))"
    case .meanWeightOfCell(let cell, let mean, let pValue):
      "the mean weight in \(cells[cell]) is \(Decimals.text(mean, 4)), not 1, "
        + "p \(Decimals.pValue(pValue))"
    case .meanWeightOfPeriod(let period, let mean, let pValue):
      "the mean weight in period \(period + 1) is \(Decimals.text(mean, 4)), not 1, "
        + "p \(Decimals.pValue(pValue))"
    case .fewSessionsCarryTheValue(let share, let allowed):
      "one session in a hundred carries \(percent(share)) of the value (allowed: \(percent(allowed)))"
    case .skewedTerms(let coverage, let level):
      "terms so skewed that a normal interval of \(percent(level)) would hold "
        + "\(percent(coverage)) of the time"
    case .shrinkageShows(let bias, let allowed):
      "shrinking the weights moves the estimate by \(Decimals.text(bias, 2)) standard errors "
        + "(allowed: \(Decimals.text(allowed, 2)))"
    case .refused(let error): sentence(error)
    }
  }

  private static func percent(_ share: Double) -> String { Decimals.text(100 * share, 2) + " %" }
}
