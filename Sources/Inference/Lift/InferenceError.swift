/// Why a question cannot be answered from the data at hand.
///
/// Arms are counted from zero; where two arms are compared, arm 0 is the control and arm 1 the offer.
public enum InferenceError: Error, Hashable {
  /// An arm has fewer sessions than the method needs.
  case tooFewSessions(arm: Int, count: Int, needed: Int)
  /// No session of an arm succeeded, so a ratio or a logarithm of it is not finite.
  case noSuccesses(arm: Int)
  /// Every session of an arm succeeded, so its odds or their logarithm are not finite.
  case noFailures(arm: Int)
  /// The outcomes do not vary, so that there is no standard error.
  case noVariation
  /// An arm's variance is too large for a double.
  case overflow(arm: Int)
  /// A value is not a number, or is outside what the method allows.
  case invalidValue(arm: Int, value: Double)
  /// An arm that was designed to get no session got some.
  case unexpectedSessions(arm: Int, count: Int)
  /// A designed share is negative or not a number.
  case invalidWeight(arm: Int, weight: Double)
  /// Fewer than two arms are designed to get sessions.
  case tooFewArms(count: Int)
  /// Fewer clusters, strata or blocks than the method needs.
  case tooFewGroups(count: Int, needed: Int)
  /// The covariates are collinear: more than one set of coefficients fits alike.
  case collinear
  /// A null is asked for that the test cannot have.
  case fixedNull(test: String)
  /// The search for an answer did not end.
  case notConverged
  /// A test of shares is asked of numbers other than 0 and 1.
  case notShares
  /// Sessions of an arm lack a covariate.
  case missingCovariates(arm: Int, count: Int)
  /// No session had the event that the method counts.
  case noEvents
  /// A look has no more information than the one before it.
  case informationNotGrowing(look: Int)
  /// An arm was not watched to the horizon of a question.
  case beyondFollowUp(arm: Int, horizon: Double, followUp: Double)
  /// No number of sessions gives a test the power that is asked for.
  case unattainablePower(Double)
}

extension InferenceError {
  /// The reason in words, the arms called by their names.
  public func sentence(naming arm: (Int) -> String) -> String {
    switch self {
    case .tooFewSessions(let index, let count, let needed):
      "too few sessions: \(arm(index)) has \(count), \(needed) are needed"
    case .noSuccesses(let index): "no session of \(arm(index)) was a success"
    case .noFailures(let index): "every session of \(arm(index)) was a success"
    case .noVariation: "all sessions ended alike"
    case .overflow(let index): "the values of \(arm(index)) are too large"
    case .invalidValue(let index, let value):
      "\(arm(index)) has the value \(value), which the method does not allow"
    case .unexpectedSessions(let index, let count):
      "\(arm(index)) has \(count) sessions but was meant to have none"
    case .invalidWeight(let index, let weight):
      "\(arm(index)) was meant to have the share \(weight)"
    case .tooFewArms(let count): "no contrast: \(count) arm(s)"
    case .tooFewGroups(let count, let needed):
      "too few groups: there are \(count), \(needed) are needed"
    case .collinear: "the covariates are collinear"
    case .fixedNull(let test): "\(test) has no other null than no effect"
    case .notConverged: "the search for an answer did not end"
    case .notShares: "the test compares shares, and the values are not 0 and 1 alone"
    case .missingCovariates(let index, let count):
      "a covariate is missing in \(count) sessions of \(arm(index))"
    case .noEvents: "no session had the event"
    case .informationNotGrowing(let look):
      "look \(look + 1) has no more information than the one before it"
    case .beyondFollowUp(let index, let horizon, let followUp):
      "\(arm(index)) was watched to \(followUp), not to \(horizon)"
    case .unattainablePower(let power): "no number of sessions gives a power of \(power)"
    }
  }
}
