/// The best tree of two levels over some cells, from one table of sums a pair of axes.
struct PairSearch {
  /// The best thing to do on one side of a first test.
  private struct Side {
    var value: Double
    let sessions: Double
    /// The second test, by axis and place; nil for a leaf.
    var second: (axis: Int, test: Int)?
  }

  private let cells: ScoredCells
  private let axes: [SplitAxis]
  private let members: [Int]
  private let minimumSessions: Double
  private let margin: Double
  private let channels: Int

  init(
    _ cells: ScoredCells, _ axes: [SplitAxis], _ members: [Int], _ minimumSessions: Double,
    _ margin: Double
  ) {
    (self.cells, self.axes, self.members) = (cells, axes, members)
    (self.minimumSessions, self.margin, channels) = (minimumSessions, margin, cells.channels)
  }

  /// - Complexity: O(*k²*(*MK* + *T²K*)) for *k* axes of *T* tests, *M* cells and *K* arms.
  func best() -> TreePlan {
    // 1. For every first test, the best second test on either side.
    var sides = axes.map { Array(repeating: Side?.none, count: 2 * $0.tests.count) }
    var table: [Double] = []
    for first in axes.indices {
      for second in first..<axes.count {
        fill(&table, first, second)
        let (rows, columns) = (axes[first].codeCount + 1, axes[second].codeCount + 1)
        improve(
          &sides[first], second, table, axes[first].tests, of: rows, stride: columns,
          then: axes[second].tests, of: columns, stride: 1)
        guard second > first else { continue }
        improve(
          &sides[second], first, table, axes[second].tests, of: columns, stride: 1,
          then: axes[first].tests, of: rows, stride: columns)
      }
    }
    // 2. The first test whose sides are worth most together.
    let leaf = self.leaf(of: members)
    var greatest = leaf.value
    var choice: (axis: Int, test: Int)?
    for (axis, sides) in sides.enumerated() {
      for test in axes[axis].tests.indices {
        guard let holds = sides[2 * test], let otherwise = sides[2 * test + 1],
          min(holds.sessions, otherwise.sessions) >= minimumSessions
        else { continue }
        if holds.value + otherwise.value > greatest + margin {
          (greatest, choice) = (holds.value + otherwise.value, (axis, test))
        }
      }
    }
    guard let choice else { return leaf }
    return split(members, choice.axis, choice.test) { isHolding, part in
      guard let second = sides[choice.axis][2 * choice.test + (isHolding ? 0 : 1)]?.second else {
        return self.leaf(of: part)
      }
      return split(part, second.axis, second.test) { self.leaf(of: $1) }
    }
  }

  private func split(
    _ members: [Int], _ axis: Int, _ test: Int, _ below: (Bool, [Int]) -> TreePlan
  ) -> TreePlan {
    let (codes, range) = (cells.codes[axis], axes[axis].tests[test].codes)
    return .split(
      axis: axis, test: test,
      holds: below(true, members.filter { range.contains(Int(codes[$0])) }),
      otherwise: below(false, members.filter { !range.contains(Int(codes[$0])) }))
  }

  private func leaf(of members: [Int]) -> TreePlan {
    var sums = Array(repeating: 0.0, count: channels)
    for cell in members {
      for channel in 0..<channels { sums[channel] += cells.sums[cell * channels + channel] }
    }
    return .leaf(sums, margin: margin)
  }

  /// Fills the table of sums over all codes below a row and a column.
  private func fill(_ table: inout [Double], _ first: Int, _ second: Int) {
    let (rows, columns) = (axes[first].codeCount + 1, axes[second].codeCount + 1)
    table = Array(repeating: 0, count: rows * columns * channels)
    let channels = channels
    table.withUnsafeMutableBufferPointer { table in
      cells.sums.withUnsafeBufferPointer { sums in
        let (firstCodes, secondCodes) = (cells.codes[first], cells.codes[second])
        for cell in members {
          let place =
            ((Int(firstCodes[cell]) + 1) * columns + Int(secondCodes[cell]) + 1) * channels
          for channel in 0..<channels { table[place + channel] += sums[cell * channels + channel] }
        }
      }
      for row in 1..<rows {
        for place in ((row * columns + 1) * channels)..<((row + 1) * columns * channels) {
          table[place] += table[place - channels]
        }
        for place in (row * columns * channels)..<((row + 1) * columns * channels) {
          table[place] += table[place - columns * channels]
        }
      }
    }
  }

  /// Tries the tests of a second axis on both sides of every test of a first; the places of an axis
  /// in the table lie a stride apart.
  private func improve(
    _ sides: inout [Side?], _ axis: Int, _ table: [Double],
    _ firstTests: [(condition: Condition, codes: Range<Int>)], of firstCount: Int,
    stride firstStride: Int, then secondTests: [(condition: Condition, codes: Range<Int>)],
    of secondCount: Int, stride secondStride: Int
  ) {
    let channels = channels
    var line = Array(repeating: 0.0, count: secondCount * channels)
    let ranges = secondTests.map {
      ($0.codes.lowerBound * channels, $0.codes.upperBound * channels)
    }
    let end = (secondCount - 1) * channels
    table.withUnsafeBufferPointer { table in
      line.withUnsafeMutableBufferPointer { line in
        for (test, first) in firstTests.enumerated() {
          for isHolding in [true, false] {
            // 1. The sums of this side, cumulated along the second axis.
            let (lower, upper, whole) = (
              first.codes.lowerBound * firstStride, first.codes.upperBound * firstStride,
              (firstCount - 1) * firstStride
            )
            for code in 0..<secondCount {
              for channel in 0..<channels {
                let offset = code * secondStride
                let inside =
                  table[(upper + offset) * channels + channel]
                  - table[(lower + offset) * channels + channel]
                line[code * channels + channel] =
                  isHolding ? inside : table[(whole + offset) * channels + channel] - inside
              }
            }
            let sessions = line[end]
            guard sessions >= minimumSessions, sessions > 0 else { continue }
            let place = 2 * test + (isHolding ? 0 : 1)
            var side =
              sides[place]
              ?? Side(
                value: (1..<channels).reduce(-.infinity) { max($0, line[end + $1]) },
                sessions: sessions, second: nil)
            // 2. Each second test: the best arm where it holds, and the best where it does not.
            for (index, range) in ranges.enumerated() {
              let count = line[range.1] - line[range.0]
              guard count >= minimumSessions, sessions - count >= minimumSessions else { continue }
              var (holds, otherwise) = (-Double.infinity, -Double.infinity)
              for channel in 1..<channels {
                let sum = line[range.1 + channel] - line[range.0 + channel]
                holds = max(holds, sum)
                otherwise = max(otherwise, line[end + channel] - sum)
              }
              if holds + otherwise > side.value + margin {
                side.value = holds + otherwise
                side.second = (axis, index)
              }
            }
            sides[place] = side
          }
        }
      }
    }
  }
}
