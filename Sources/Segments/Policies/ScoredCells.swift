/// The distinct patterns of some sessions over all axes, with the sums of their scores.
///
/// A tree cannot part sessions of one pattern, so that it is found on patterns, exactly: Hillstrom's
/// 64,000 customers have 2,655 of them.
struct ScoredCells {
  /// The number of arms.
  let armCount: Int
  /// The code of each cell on each axis, axis by axis.
  private(set) var codes: [[Int32]]
  /// The number of sessions and the sum of each arm's scores, cell after cell.
  private(set) var sums: [Double]
  /// The sum of the sizes of all scores: the scale of rounding errors.
  let scale: Double
  /// The number of cells.
  var count: Int { sums.count / channels }
  /// The numbers kept a cell: a count and a sum an arm.
  var channels: Int { armCount + 1 }

  /// - Complexity: O(*n*(*k* + *K*)) for *k* axes and *K* arms.
  init(_ axes: [SplitAxis], _ scores: ActionScores) {
    armCount = scores.armCount
    let (cells, representatives) = Self.cells(axes, sessions: scores.sessionCount)
    codes = axes.map { axis in representatives.map { axis.codes[$0] } }
    let (arms, channels) = (scores.armCount, scores.armCount + 1)
    var sums = Array(repeating: 0.0, count: representatives.count * channels)
    var scale = 0.0
    scores.values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in 0..<cells.count {
          let place = cells[row] * channels
          sums[place] += 1
          for arm in 0..<arms {
            let value = values[row * arms + arm]
            sums[place + 1 + arm] += value
            scale += abs(value)
          }
        }
      }
    }
    (self.sums, self.scale) = (sums, scale)
  }

  /// The cell of each session and the first session of each cell, cells as they first appear.
  private static func cells(
    _ axes: [SplitAxis], sessions: Int
  ) -> (cells: [Int], representatives: [Int]) {
    var keys = Array(repeating: 0, count: sessions)
    var radix = 1
    var representatives: [Int] = []
    for axis in axes {
      let (product, overflow) = radix.multipliedReportingOverflow(by: axis.codeCount)
      if overflow {
        (keys, representatives) = renumbered(keys, radix: radix)
        radix = representatives.count
      }
      for row in keys.indices { keys[row] = keys[row] * axis.codeCount + Int(axis.codes[row]) }
      radix = overflow ? radix * axis.codeCount : product
    }
    return renumbered(keys, radix: radix)
  }

  /// Numbers keys below a radix in the order in which they first appear.
  private static func renumbered(
    _ keys: [Int], radix: Int
  ) -> (cells: [Int], representatives: [Int]) {
    var representatives: [Int] = []
    var cells = keys
    if radix <= 65_536 + 4 * keys.count {
      var numbers = Array(repeating: -1, count: radix)
      for row in keys.indices {
        if numbers[keys[row]] < 0 {
          numbers[keys[row]] = representatives.count
          representatives.append(row)
        }
        cells[row] = numbers[keys[row]]
      }
    } else {
      var numbers: [Int: Int] = [:]
      for row in keys.indices {
        let next = representatives.count
        let number = numbers[keys[row]] ?? next
        if number == next {
          numbers[keys[row]] = next
          representatives.append(row)
        }
        cells[row] = number
      }
    }
    return (cells, representatives)
  }
}
