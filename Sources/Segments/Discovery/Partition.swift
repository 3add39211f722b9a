/// A division of sessions into cells, numbered in the order in which they first appear.
struct Partition {
  private struct Key: Hashable {
    let cell: Int
    let value: UInt64
  }

  private(set) var cells: [Int]

  init(count: Int) { cells = Array(repeating: 0, count: count) }

  /// Parts the sessions of each cell by their values.
  mutating func refine(by value: (Int) -> UInt64) {
    var numbers: [Key: Int] = [:]
    for row in cells.indices {
      let key = Key(cell: cells[row], value: value(row))
      let next = numbers.count
      let number = numbers[key] ?? next
      if number == next { numbers[key] = next }
      cells[row] = number
    }
  }

  /// Parts the sessions of each cell by a covariate; what is missing is one more value.
  mutating func refine(by covariate: Covariate) {
    switch covariate.column {
    case .category(let codes, _):
      refine { UInt64(bitPattern: Int64(codes[$0])) }
    case .number(let values, let isPresent):
      refine { isPresent[$0] ? values[$0].bitPattern : Double.nan.bitPattern }
    }
  }
}
