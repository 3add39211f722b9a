internal import Inference

/// What to show one customer next, and why; or why nothing is recommended.
public struct Recommendation: FlatRow, Hashable {
  /// The customer's key, as written.
  public var customer: String
  /// The cell of the customer's latest session.
  public var cell: String
  /// The offer to show; nil for no recommendation.
  public var offer: String?
  /// The arm with the greatest expected saved rate, recommended or not.
  public var leader: String?
  /// The probability that the leader is the best arm.
  public var probabilityBest: Double?
  /// The leader's expected saved rate with its interval.
  public var savedRate: Estimate
  /// The monthly recurring revenue that the leader is expected to save, before the offer's cost.
  public var revenue: Estimate
  /// The currency of the revenue.
  public var currency: String?
  /// The level of the intervals.
  public var level: Double
  /// Why this offer, or why none.
  public var reason: String

  public static let columns: [Column<Recommendation>] =
    [
      Column("customer") { .init($0.customer) }, Column("cell") { .init($0.cell) },
      Column("offer") { .init($0.offer ?? none) }, Column("leader") { .init($0.leader) },
      Column("probability_best") { .init($0.probabilityBest) },
      Column("saved_rate") { .init($0.savedRate.value) },
      Column("saved_rate_lower") { .init($0.savedRate.interval?.lower) },
      Column("saved_rate_upper") { .init($0.savedRate.interval?.upper) },
      Column("revenue") { .init($0.revenue.value) },
      Column("revenue_lower") { .init($0.revenue.interval?.lower) },
      Column("revenue_upper") { .init($0.revenue.interval?.upper) },
      Column("currency") { .init($0.currency) },
      Column("level") { .init($0.level) }, Column("reason") { .init($0.reason) },
    ]

  /// What stands in the place of an offer.
  static let none = "no recommendation"
}
