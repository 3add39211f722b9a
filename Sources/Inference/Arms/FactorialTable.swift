/// Sessions and successes in every combination of the levels of some factors: offer × placement, say.
///
/// Cells are listed with the last factor's level changing fastest: (0, 0), (0, 1), …, (1, 0), ….
public struct FactorialTable: Hashable, Sendable {
  /// The number of levels of each factor, two or more.
  public let levels: [Int]
  /// The tally of each combination.
  public private(set) var cells: [Tally]

  /// Creates a table of factors without sessions.
  public init(levels: [Int]) {
    precondition(!levels.isEmpty, "a table has a factor")
    precondition(levels.allSatisfy { $0 > 1 }, "a factor has two levels or more")
    self.levels = levels
    cells = Array(repeating: Tally(), count: levels.reduce(1, *))
  }

  /// Creates a table from its cells.
  public init(levels: [Int], cells: [Tally]) {
    self.init(levels: levels)
    precondition(cells.count == self.cells.count, "every combination has a tally")
    self.cells = cells
  }

  /// Counts several sessions of a combination of levels.
  public mutating func add(successes: Int, trials: Int, at combination: [Int]) {
    cells[index(of: combination)].add(successes: successes, trials: trials)
  }

  /// Adds the sessions of a table of the same factors.
  public mutating func merge(_ other: FactorialTable) {
    precondition(levels == other.levels, "tables of the same factors merge")
    for (index, tally) in other.cells.enumerated() { cells[index].merge(tally) }
  }

  /// The place of a combination of levels among the cells.
  public func index(of combination: [Int]) -> Int {
    precondition(combination.count == levels.count, "a combination has a level of each factor")
    return zip(combination, levels).reduce(0) { place, factor in
      precondition((0..<factor.1).contains(factor.0), "a level is one of its factor")
      return place * factor.1 + factor.0
    }
  }

  /// The level that each factor has in a cell.
  func combination(at index: Int) -> [Int] {
    var (rest, reversed) = (index, [Int]())
    for count in levels.reversed() {
      reversed.append(rest % count)
      rest /= count
    }
    return reversed.reversed()
  }
}
