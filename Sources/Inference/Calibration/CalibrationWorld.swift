public import Probability

/// A law that two arms' data come from, and the effects that are true in it.
public struct CalibrationWorld<Arm: Sendable>: Sendable {
  /// The law in words.
  public let name: String
  /// The offer's sessions.
  public let offer: Int
  /// The control's sessions.
  public let control: Int
  /// The control's rate of success, where outcomes are 0 or 1.
  public let rate: Double?
  /// The true effect on a scale; nil where it is not known.
  public let effect: @Sendable (TestDescription.Scale) -> Double?
  /// Draws the data of one experiment.
  public let draw: @Sendable (inout Philox) -> (offer: Arm, control: Arm)

  /// Describes a world.
  public init(
    _ name: String, offer: Int, control: Int, rate: Double? = nil,
    effect: @escaping @Sendable (TestDescription.Scale) -> Double?,
    draw: @escaping @Sendable (inout Philox) -> (offer: Arm, control: Arm)
  ) {
    precondition(offer > 0 && control > 0, "an arm has a session")
    self.name = name
    self.offer = offer
    self.control = control
    self.rate = rate
    self.effect = effect
    self.draw = draw
  }

  /// Describes a world without effect, in which both arms' data have one law.
  public init(
    _ name: String, sessions: Int, rate: Double? = nil,
    draw: @escaping @Sendable (inout Philox) -> Arm
  ) {
    self.init(
      name, offer: sessions, control: sessions, rate: rate, effect: { $0.noEffect },
      draw: { rng in (draw(&rng), draw(&rng)) })
  }
}
