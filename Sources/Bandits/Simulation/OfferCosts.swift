/// What the offers of a world cost, by arm, in the unit of money.
public struct OfferCosts: Hashable, Sendable {
  /// The cost of showing an offer once.
  public let perShow: [Double]
  /// The cost of an offer that saves: the discount given.
  public let perSave: [Double]
  /// The arm that costs least at most; the first of equals.
  public let cheapest: Arm

  /// Creates the costs of each arm, none negative.
  public init(perShow: [Double], perSave: [Double]) {
    precondition(
      perShow.count == perSave.count && !perShow.isEmpty, "every arm has both of its costs")
    precondition(
      (perShow + perSave).allSatisfy { $0 >= 0 && $0.isFinite }, "a cost is not negative")
    self.perShow = perShow
    self.perSave = perSave
    var best = 0
    for arm in perShow.indices where perShow[arm] + perSave[arm] < perShow[best] + perSave[best] {
      best = arm
    }
    cheapest = Arm(best)
  }

  /// What a session costs.
  func cost(of arm: Arm, reward: Double) -> Double {
    perShow[arm.index] + reward * perSave[arm.index]
  }
}
