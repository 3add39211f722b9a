public import Bandits

/// A log of 1,000 cells and 20 arms, with a target and a reward model; `Rivals/measure.py` makes the same.
public struct OffPolicyCase: Sendable {
  /// The sessions.
  public let log: DecisionLog
  /// The probabilities of the target.
  public let target: ActionTable
  /// The expected rewards, all 0.05 too low.
  public let model: RewardModel

  /// Makes a log of so many sessions from multiples of irrational numbers, as `special` does.
  public init(rows: Int) throws {
    let (cellCount, armCount) = (1_000, 20)
    func part(_ row: Int, _ step: Double) -> Double {
      let product = Double(row) * step
      return product - product.rounded(.down)
    }
    func expected(_ cell: Int, _ arm: Int) -> Double {
      0.3 * Double((7 * cell + 13 * arm) % armCount) / Double(armCount) + Double(cell) / 10_000
    }
    let edges = (0...armCount).map { (Double($0) / Double(armCount)).squareRoot() }
    var (arms, rewards, propensities, cells): ([Int32], [Double], [Double], [Int32]) = (
      [], [], [], []
    )
    for row in 1...rows {
      let cell = Int(1_000 * part(row, 2.0.squareRoot()))
      let place = part(row, 3.0.squareRoot())
      let arm = Int(20 * (place * place))
      cells.append(Int32(cell))
      arms.append(Int32(arm))
      rewards.append(part(row, 5.0.squareRoot()) < 0.1 + expected(cell, arm) ? 1 : 0)
      propensities.append(edges[arm + 1] - edges[arm])
    }
    log = try DecisionLog(
      arms: arms, rewards: rewards, propensities: propensities, cells: cells, armCount: armCount,
      cellCount: cellCount)
    func table(_ value: (Int, Int) -> Double) -> ActionTable {
      ActionTable(
        cellCount: cellCount, armCount: armCount,
        values: (0..<cellCount).flatMap { cell in (0..<armCount).map { value(cell, $0) } })
    }
    target = table { Double(1 + (3 * $0 + 11 * $1) % 20) / 210 }
    model = RewardModel(table { 0.05 + expected($0, $1) })
  }
}
