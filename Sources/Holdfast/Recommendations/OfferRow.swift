/// What is recommended to every customer of a segment.
public struct OfferRow: FlatRow, Hashable {
  /// The segment: a cell, or a leaf of a tree.
  public let segment: String
  /// The number of customers in it.
  public let customers: Int
  /// The offer to show; nil for no recommendation.
  public let offer: String?
  /// The arm with the greatest expectation, recommended or not.
  public let leader: String?
  /// The probability that the leader is the best arm.
  public let probabilityBest: Double?
  /// The leader's expected metric.
  public let expected: Double?
  /// Why this offer, or why none.
  public let reason: String

  init(_ choice: OfferChoice, customers: Int, arms: [String]) {
    segment = choice.segment
    self.customers = customers
    offer = choice.arm.map { arms[$0] }
    leader = choice.leader.map { arms[$0] }
    probabilityBest = choice.probabilityBest
    expected = choice.expected?.value
    reason = choice.reason
  }

  public static let columns: [Column<OfferRow>] =
    [
      Column("segment") { .init($0.segment) },
      Column("customers") { .init($0.customers) },
      Column("offer") { .init($0.offer ?? Recommendation.none) },
      Column("leader") { .init($0.leader) },
      Column("probability_best") { .init($0.probabilityBest) },
      Column("expected") { .init($0.expected) },
      Column("reason") { .init($0.reason) },
    ]
}
