internal import Inference

/// What to show one customer next, and why; or why nothing is recommended.
public struct Recommendation: FlatRow, Hashable {
  /// The customer's key, as written.
  public var customer: String
  /// What chooses the offer: a tree, the best single arm, or the best arm of a cell.
  public var policy: String
  /// The cell, or the leaf, of the customer's latest session.
  public var segment: String
  /// The offer to show; nil for no recommendation.
  public var offer: String?
  /// The arm with the greatest expectation, recommended or not.
  public var leader: String?
  /// The probability that the leader is the best arm.
  public var probabilityBest: Double?
  /// The metric.
  public var metric: String
  /// The leader's expected metric in the segment, with its interval.
  public var expected: Estimate
  /// The monthly recurring revenue that the leader is expected to save, before the offer's cost.
  public var revenue: Estimate
  /// The currency of the revenue.
  public var currency: String?
  /// What the policy is worth, a session over everybody, on customers who had no part in it.
  public var policyValue: Estimate
  /// The level of the intervals.
  public var level: Double
  /// Why this offer, or why none.
  public var reason: String

  public static let columns: [Column<Recommendation>] =
    [
      Column("customer") { .init($0.customer) }, Column("policy") { .init($0.policy) },
      Column("segment") { .init($0.segment) },
      Column("offer") { .init($0.offer ?? none) }, Column("leader") { .init($0.leader) },
      Column("probability_best") { .init($0.probabilityBest) },
      Column("metric") { .init($0.metric) },
      Column("expected") { .init($0.expected.value) },
      Column("expected_lower") { .init($0.expected.interval?.lower) },
      Column("expected_upper") { .init($0.expected.interval?.upper) },
      Column("revenue") { .init($0.revenue.value) },
      Column("revenue_lower") { .init($0.revenue.interval?.lower) },
      Column("revenue_upper") { .init($0.revenue.interval?.upper) },
      Column("currency") { .init($0.currency) },
      Column("policy_value") { .init($0.policyValue.value) },
      Column("policy_value_lower") { .init($0.policyValue.interval?.lower) },
      Column("policy_value_upper") { .init($0.policyValue.interval?.upper) },
      Column("level") { .init($0.level) }, Column("reason") { .init($0.reason) },
    ]

  /// What stands in the place of an offer.
  static let none = "no recommendation"
}
