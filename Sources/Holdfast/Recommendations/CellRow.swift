/// What is recommended to every customer of a cell.
public struct CellRow: FlatRow, Hashable {
  /// The cell.
  public let cell: String
  /// The offer to show; nil for no recommendation.
  public let offer: String?
  /// The arm with the greatest expected saved rate, recommended or not.
  public let leader: String?
  /// The probability that the leader is the best arm.
  public let probabilityBest: Double?
  /// The leader's expected saved rate.
  public let savedRate: Double?
  /// Why this offer, or why none.
  public let reason: String

  init(_ cell: String, _ choice: CellChoice, arms: [String]) {
    self.cell = cell
    offer = choice.arm.map { arms[$0] }
    leader = choice.leader.map { arms[$0] }
    probabilityBest = choice.probabilityBest
    savedRate = choice.rate
    reason = choice.reason
  }

  public static let columns: [Column<CellRow>] =
    [
      Column("cell") { .init($0.cell) }, Column("offer") { .init($0.offer ?? Recommendation.none) },
      Column("leader") { .init($0.leader) },
      Column("probability_best") { .init($0.probabilityBest) },
      Column("saved_rate") { .init($0.savedRate) },
      Column("reason") { .init($0.reason) },
    ]
}
