/// The shares of the sessions that go to a control (a holdout, say) and to each of several offers.
///
/// For `k` offers that are each compared with the control, the sum of the variances of the comparisons
///
///     Σᵢ (σᵢ²/nᵢ + σ₀²/n₀)
///
/// is least at a given total where `n₀ : nᵢ = σ₀√k : σᵢ`: Neyman's allocation, which with equal
/// deviations is the rule that the control be `√k` times as large as an offer's arm.
///
/// References: Neyman (1934), *Journal of the Royal Statistical Society* 97, 558–606; Dunnett (1955),
/// *Journal of the American Statistical Association* 50, 1096–1121, section 5.
public struct Allocation: Hashable, Sendable {
  /// The share of the control.
  public let control: Double
  /// The shares of the offers; with the control's they sum to 1.
  public let offers: [Double]

  /// Creates an allocation from weights of any sum.
  public init(control: Double, offers: [Double]) {
    precondition(!offers.isEmpty, "there is at least one offer")
    precondition(
      ([control] + offers).allSatisfy { $0 > 0 && $0.isFinite }, "each arm has a positive share")
    let sum = offers.reduce(control, +)
    self.control = control / sum
    self.offers = offers.map { $0 / sum }
  }

  /// The same share for every arm.
  public static func equal(offers count: Int) -> Allocation {
    precondition(count > 0, "there is at least one offer")
    return Allocation(control: 1, offers: Array(repeating: 1, count: count))
  }

  /// A control `√k` times as large as each of `k` offers' arms.
  public static func squareRoot(offers count: Int) -> Allocation {
    precondition(count > 0, "there is at least one offer")
    return neyman(control: 1, offers: Array(repeating: 1, count: count))
  }

  /// Neyman's allocation, from the standard deviation of each arm's outcomes.
  public static func neyman(control: Double, offers: [Double]) -> Allocation {
    Allocation(control: control * Double(offers.count).squareRoot(), offers: offers)
  }

  /// A holdout of a fixed share, what remains shared equally among the offers.
  public static func holdout(share: Double, offers count: Int) -> Allocation {
    precondition(0 < share && share < 1, "a holdout is a part of the sessions")
    precondition(count > 0, "there is at least one offer")
    let rest = (1 - share) / Double(count)
    return Allocation(control: share, offers: Array(repeating: rest, count: count))
  }

  /// The sizes of one offer's arm and the control.
  ///
  /// - Parameters:
  ///   - offer: The number of the offer, from zero.
  ///   - total: The sessions of all arms together.
  /// - Returns: Sizes that are not rounded.
  public func sizes(ofOffer offer: Int, total: Double) -> ArmSizes {
    ArmSizes(offer: offers[offer] * total, control: control * total)
  }

  /// The power of each offer's comparison with the control.
  ///
  /// - Parameters:
  ///   - test: The comparison; its rule is to account for the number of offers.
  ///   - total: The sessions of all arms together.
  ///   - effect: The true effect of each offer.
  /// - Returns: The powers, by offer.
  public func powers(of test: some PlannedTest, total: Double, effect: Double) -> [Double] {
    offers.indices.map { test.power(sizes(ofOffer: $0, total: total), effect: effect) }
  }

  /// The sessions of all arms together at which the comparison of each offer has a power.
  ///
  /// - Throws: What ``PlannedTest/sizes(effect:power:offersPerControl:)`` throws.
  public func total(
    for test: some PlannedTest, effect: Double, power: Double
  ) throws(InferenceError) -> Double {
    var total = 0.0
    for offer in offers {
      let sizes = try test.sizes(
        effect: effect, power: power, offersPerControl: offer / control)
      total = max(total, sizes.control / control)
    }
    return total
  }
}
