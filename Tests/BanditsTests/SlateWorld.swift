import Bandits
import Probability

/// A tiny world of pages: two cells, three arms, two slots, and what each slot earns on average.
struct SlateWorld {
  /// How the slots of a world act on one another.
  enum Rewards: CaseIterable {
    case any, cascade, independent, additive
  }

  let rewards: Rewards

  /// The mean reward of each slot of a page.
  func means(_ page: [Int], cell: Int) -> [Double] {
    let (c, a, b) = (Double(cell), Double(page[0]), Double(page[1]))
    let own = (0.2 + 0.1 * a + 0.05 * c, 0.15 + 0.08 * b * b - 0.04 * c)
    switch rewards {
    case .independent: return [own.0, own.1]
    case .cascade: return [own.0, own.1 + 0.1 * a * (2 - b)]
    case .any: return [own.0 + (page[1] == 2 ? 0.3 : 0), own.1 + 0.1 * a * (2 - b)]
    // The page earns the sum, and says so once.
    case .additive: return [0, own.0 + own.1]
    }
  }

  /// All pages of two slots and three arms.
  static let pages = (0..<3).flatMap { first in (0..<3).map { [first, $0] } }

  /// The chance of a page.
  static func chance(of page: [Int], under policy: some SlatePolicy, cell: Int) -> Double {
    let context = Context(cell: cell)
    return page.indices.reduce(1) { chance, slot in
      chance == 0
        ? 0
        : chance * policy.propensities(after: page[..<slot].map(Arm.init), in: context)[page[slot]]
    }
  }

  /// The mean reward of a page, where one page in three is of the first cell.
  func value(of policy: some SlatePolicy) -> Double {
    var value = 0.0
    for cell in 0..<2 {
      for page in Self.pages {
        let share = (cell == 0 ? 1.0 : 2.0) / 3
        value +=
          share * Self.chance(of: page, under: policy, cell: cell)
          * means(page, cell: cell).reduce(0, +)
      }
    }
    return value
  }

  /// A log that holds every page exactly as often as the policy shows it, `size` pages in the first cell and
  /// twice as many in the second, each with its mean rewards: what it averages is an expectation.
  func census(of policy: some SlatePolicy, size: Int) throws -> SlateLog {
    var rows: [(cell: Int, page: [Int])] = []
    for cell in 0..<2 {
      for page in Self.pages {
        let count = Self.chance(of: page, under: policy, cell: cell) * Double(size * (cell + 1))
        precondition(abs(count - count.rounded()) < 1e-9, "the census holds whole pages")
        rows += Array(repeating: (cell, page), count: Int(count.rounded()))
      }
    }
    return try log(of: policy, rows) { means($0, cell: $1) }
  }

  /// A log of rewards that are zero or one.
  func sample(of policy: some SlatePolicy, pages: Int, index: UInt64) throws -> SlateLog {
    var rng = Philox(StreamKey(seed: 31, purpose: .generation, index: index))
    let rows = (0..<pages).map { _ in
      let cell = rng.uniform() < 1.0 / 3 ? 0 : 1
      return (cell, policy.choose(in: Context(cell: cell), using: &rng).map(\.index))
    }
    return try log(of: policy, rows) { page, cell in
      means(page, cell: cell).map { rng.uniform() < $0 ? 1 : 0 }
    }
  }

  func log(
    of policy: some SlatePolicy, _ rows: [(cell: Int, page: [Int])],
    _ reward: (_ page: [Int], _ cell: Int) -> [Double]
  ) throws -> SlateLog {
    let (cells, arms) = (rows.map { Int32($0.cell) }, rows.flatMap { $0.page.map(Int32.init) })
    return try SlateLog(
      cells: cells, arms: arms, rewards: rows.flatMap { reward($0.page, $0.cell) },
      propensities: SlatePropensities(of: policy, arms: arms, cells: cells), slotCount: 2,
      armCount: 3, cellCount: 2)
  }
}
