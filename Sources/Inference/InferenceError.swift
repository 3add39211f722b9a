/// Why a question cannot be answered from the data at hand.
///
/// Arms are counted from zero; where two arms are compared, arm 0 is the control and arm 1 the offer.
public enum InferenceError: Error, Hashable {
  /// An arm has fewer sessions than the method needs.
  case tooFewSessions(arm: Int, count: Int, needed: Int)
  /// No session of an arm succeeded, so a ratio or a logarithm of it is not finite.
  case noSuccesses(arm: Int)
  /// The outcomes do not vary, so that there is no standard error.
  case noVariation
  /// An arm's variance is too large for a double.
  case overflow(arm: Int)
  /// An arm that was designed to get no session got some.
  case unexpectedSessions(arm: Int, count: Int)
  /// A designed share is negative or not a number.
  case invalidWeight(arm: Int, weight: Double)
  /// Fewer than two arms are designed to get sessions.
  case tooFewArms(count: Int)
}
