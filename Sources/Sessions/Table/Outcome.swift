/// How a cancel session ended, in the engine's own words.
///
/// A source's words are mapped to these by the schema: nothing is guessed.
public enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
  /// The customer kept the subscription as it was, with or without an offer.
  case deflected
  /// The customer cancelled.
  case canceled
  /// The customer moved to a cheaper plan.
  case downgraded
  /// The customer paused the subscription.
  case paused
  /// The customer left the page without a decision.
  case abandoned
  /// The source itself says that the session does not count: a test account, for one.
  case invalid
}
