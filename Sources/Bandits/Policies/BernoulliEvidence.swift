internal import Probability

/// Successes and failures that may count in part.
struct BernoulliEvidence: Hashable, Sendable {
  private(set) var successes = 0.0
  private(set) var failures = 0.0

  init(successes: Double = 0, failures: Double = 0) {
    self.successes = successes
    self.failures = failures
  }

  mutating func add(_ reward: Double) { add(successes: reward, failures: 1 - reward) }

  mutating func add(successes: Double, failures: Double) {
    self.successes += successes
    self.failures += failures
  }

  mutating func fade(by factor: Double) {
    successes *= factor
    failures *= factor
  }

  func posterior(_ prior: BetaDistribution) -> BetaDistribution {
    prior.adding(successes: successes, failures: failures)
  }
}
