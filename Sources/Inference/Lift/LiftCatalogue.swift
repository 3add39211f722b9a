/// Every lift test of this room, by name.
///
/// A test added here is reachable by its name from a plan, and is held to the laws that the room's
/// test suite states for all of them.
public enum LiftCatalogue {
  /// One entry: a name, and how to make the test.
  public struct Entry: Sendable {
    /// The name by which a plan asks for the test.
    public let name: String
    /// Compares an offer with a control, in this order.
    public let compare: @Sendable (Tally, Tally) throws(InferenceError) -> any HypothesisTest
  }

  /// The tests that compare two tallies of sessions.
  public static let entries: [Entry] = [
    Entry(name: "pooledZ") { (offer, control) throws(InferenceError) in
      try PooledZTest(offer: offer, control: control)
    },
    Entry(name: "logRatio") { (offer, control) throws(InferenceError) in
      try LogRatioTest(offer: offer, control: control)
    },
    Entry(name: "welch") { (offer, control) throws(InferenceError) in
      try WelchTest(offer: Moments(offer), control: Moments(control))
    },
  ]
}
