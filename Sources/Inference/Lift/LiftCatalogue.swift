/// Every lift test of this room, by name, in one list for each kind of data.
///
/// A test added here is reachable by its name from a plan, and is held to the laws that the room's
/// test suite states for all of them.
public enum LiftCatalogue {
  /// One entry: a name, and how to make the test from an offer's data and a control's.
  public struct Entry<Arm: Sendable>: Sendable {
    /// The name by which a plan asks for the test.
    public let name: String
    /// Compares an offer with a control, in this order, with a null on the scale of the test; nil
    /// is no effect. A test whose null is fixed has no entry here that would take another.
    public let compare:
      @Sendable (_ offer: Arm, _ control: Arm, _ null: Double?) throws(InferenceError)
        -> any HypothesisTest
    /// The scale of the null, where the test can be made with one other than no effect.
    public let nullScale: TestDescription.Scale?

    /// An entry whose test takes any null of its scale.
    public init(
      _ name: String, scale: TestDescription.Scale,
      _ compare:
        @escaping @Sendable (Arm, Arm, Double) throws(InferenceError)
        -> any HypothesisTest
    ) {
      self.name = name
      nullScale = scale
      self.compare = { (offer, control, null) throws(InferenceError) in
        try compare(offer, control, null ?? scale.noEffect)
      }
    }

    /// An entry whose test has one null: no effect.
    public init(
      _ name: String,
      _ compare: @escaping @Sendable (Arm, Arm) throws(InferenceError) -> any HypothesisTest
    ) {
      self.name = name
      nullScale = nil
      self.compare = { (offer, control, null) throws(InferenceError) in
        guard null == nil else { throw .fixedNull(test: name) }
        return try compare(offer, control)
      }
    }

    /// Whether the test can be made with a null other than no effect, as margins need.
    public var takesNull: Bool { nullScale != nil }

    /// Compares an offer with a control against no effect.
    public func compare(_ offer: Arm, _ control: Arm) throws(InferenceError) -> any HypothesisTest {
      try compare(offer, control, nil)
    }
  }
}
