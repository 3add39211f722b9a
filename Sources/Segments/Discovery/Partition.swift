/// A division of sessions into cells, numbered in the order in which they first appear.
struct Partition {
  private(set) var cells: [Int]
  private var count = 1

  init(count: Int) { cells = Array(repeating: 0, count: count) }

  /// Parts the sessions of each cell by their values.
  mutating func refine(by value: (Int) -> UInt64) { refine(byNumbers: cells.count, value) }

  /// Parts the sessions of each cell by some columns; what is missing is one more value.
  mutating func refine(by covariates: [Covariate]) {
    for covariate in covariates {
      switch covariate.column {
      case .category(let codes, let levels): refine(byCodes: codes, levelCount: levels.count)
      case .number(let values, let isPresent):
        refine(byNumbers: values.count) {
          isPresent[$0] ? values[$0].bitPattern : Double.nan.bitPattern
        }
      }
    }
  }

  /// Parts the sessions of each cell by numbers, which are counted first.
  mutating func refine(byNumbers rows: Int, _ number: (Int) -> UInt64) {
    var numbers: [UInt64: Int32] = [:]
    var last: (number: UInt64, code: Int32)?
    let codes = (0..<rows).map { row -> Int32 in
      let number = number(row)
      // Neighbours are often equal.
      if let last, last.number == number { return last.code }
      let next = Int32(numbers.count)
      let code = numbers[number] ?? next
      if code == next { numbers[number] = next }
      last = (number, code)
      return code
    }
    refine(byCodes: codes, levelCount: numbers.count)
  }

  /// Parts the sessions of each cell by codes, of which −1 is one too.
  mutating func refine(byCodes codes: [Int32], levelCount: Int) {
    let width = levelCount + 1
    // A table of all pairs, or, where most of them would stay empty, a dictionary.
    guard count <= 4 * (cells.count + 1_024) / width else {
      refineSparsely(codes, width)
      return
    }
    var table = Array(repeating: -1, count: count * width)
    var found = 0
    for row in cells.indices {
      let pair = cells[row] * width + Int(codes[row]) + 1
      if table[pair] < 0 {
        table[pair] = found
        found += 1
      }
      cells[row] = table[pair]
    }
    count = found
  }

  private mutating func refineSparsely(_ codes: [Int32], _ width: Int) {
    var numbers: [Int: Int] = [:]
    for row in cells.indices {
      let pair = cells[row] * width + Int(codes[row]) + 1
      let next = numbers.count
      let number = numbers[pair] ?? next
      if number == next { numbers[pair] = next }
      cells[row] = number
    }
    count = numbers.count
  }
}
