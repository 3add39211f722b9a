/// How many sessions each of two arms has, or is to have.
///
/// Sizes are real numbers: a power is a smooth function of them, and its inverse is exact. Only what is
/// to be run is rounded.
public struct ArmSizes: Hashable, Sendable {
  /// The sessions that are shown the offer; positive.
  public let offer: Double
  /// The sessions that are not; positive.
  public let control: Double

  /// Creates sizes, one for each arm.
  public init(offer: Double, control: Double) {
    precondition(offer > 0 && offer.isFinite, "an arm has more than no sessions")
    precondition(control > 0 && control.isFinite, "an arm has more than no sessions")
    self.offer = offer
    self.control = control
  }

  /// Creates two arms of one size.
  public init(each size: Double) { self.init(offer: size, control: size) }

  /// Creates sizes from their sum.
  ///
  /// - Parameters:
  ///   - total: The sessions of both arms.
  ///   - offersPerControl: How many sessions are shown the offer for each that is not.
  public init(total: Double, offersPerControl: Double) {
    let control = total / (1 + offersPerControl)
    self.init(offer: total - control, control: control)
  }

  /// The sessions of both arms.
  public var total: Double { offer + control }

  /// How many sessions are shown the offer for each that is not, `n₁/n₀`.
  public var offersPerControl: Double { offer / control }

  /// The same sizes, each rounded up to a whole number: the power is no less.
  public var roundedUp: ArmSizes {
    ArmSizes(offer: offer.rounded(.up), control: control.rounded(.up))
  }

  /// The sizes times a factor, their ratio unchanged.
  public func scaled(by factor: Double) -> ArmSizes {
    ArmSizes(offer: offer * factor, control: control * factor)
  }
}
