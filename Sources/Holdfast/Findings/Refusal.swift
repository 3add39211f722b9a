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
    case .armOutOfRange(let row, _), .cellOutOfRange(let row, _), .propensityOutOfRange(let row),
      .rewardNotFinite(let row):
      "session \(row) of the sample is out of range"
    case .notProbabilities(let cell, let sum):
      "the policy's probabilities in cell \(cell) sum to \(sum)"
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

  private static func percent(_ share: Double) -> String { Decimals.text(100 * share, 2) + " %" }
}
