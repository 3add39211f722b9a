internal import Bandits
internal import Inference

/// The sentence behind each reason not to answer.
enum Refusal {
  static func sentence(_ error: InferenceError, arm: String, baseline: String) -> String {
    func name(_ index: Int) -> String { index == 0 ? baseline : arm }
    return switch error {
    case .tooFewSessions(let index, let count, let needed):
      "too few sessions: \(name(index)) has \(count), \(needed) are needed"
    case .noSuccesses(let index): "no session of \(name(index)) was a success"
    case .noVariation: "all sessions ended alike"
    case .overflow(let index): "the values of \(name(index)) are too large"
    case .unexpectedSessions(let index, let count):
      "arm \(index) has \(count) sessions but was meant to have none"
    case .invalidWeight(let index, let weight): "arm \(index) was meant to have the share \(weight)"
    case .tooFewArms(let count): "no contrast: \(count) arm(s)"
    }
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
    case .noMatches(let rows): "the policy agrees with the log in none of \(rows) sessions"
    case .notUniform(_, let propensity):
      "matching needs uniform choices; a session was shown its arm with probability \(propensity)"
    case .noVariation: "the rewards do not vary"
    case .overflow: "a weight is too large for a number"
    }
  }

  private static func percent(_ share: Double) -> String { Decimals.text(100 * share, 2) + " %" }
}
