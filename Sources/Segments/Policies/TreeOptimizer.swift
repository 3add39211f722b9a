/// The exact search for the best tree of a depth over cells.
///
/// For each pair of axes one table of sums holds every tree that tests the one and then the other:
/// cumulated along both axes it gives the sums of any side of any two tests in a few look-ups. So a
/// tree of depth two costs one reading of the cells a pair, whatever the number of cuts; a deeper
/// one solves both sides of every first test.
///
/// A candidate replaces another only if it is better by more than rounding, so that of equals the
/// first stands: a shallow tree before a deep one, arms, axes and tests in their order.
struct TreeOptimizer {
  private let cells: ScoredCells
  private let axes: [SplitAxis]
  private let minimumSessions: Double
  /// A gain below this is rounding.
  private let margin: Double

  init(_ cells: ScoredCells, _ axes: [SplitAxis], minimumSessions: Int) {
    (self.cells, self.axes) = (cells, axes)
    self.minimumSessions = Double(minimumSessions)
    margin = 1e-12 * cells.scale
  }

  /// The number of tests over all axes.
  var testCount: Int { Self.testCount(axes) }

  /// The additions that a search of a depth takes, roughly.
  func work(depth: Int) -> Double {
    Self.work(axes, cells: cells.count, channels: cells.channels, depth: depth)
  }

  private static func testCount(_ axes: [SplitAxis]) -> Int {
    axes.reduce(0) { $0 + $1.tests.count }
  }

  /// The same before cells are counted, for as many cells at most.
  static func work(_ axes: [SplitAxis], cells: Int, channels: Int, depth: Int) -> Double {
    var tables = 0.0
    for (index, first) in axes.enumerated() {
      for second in axes[index...] {
        let rectangles =
          Double(first.tests.count) * Double(second.codeCount + 2 * second.tests.count)
          + Double(second.tests.count) * Double(first.codeCount + 2 * first.tests.count)
        tables += Double(channels) * (Double(cells) + 2 * rectangles)
      }
    }
    return depth < 3 ? tables : tables * Double(2 * testCount(axes))
  }

  /// The best tree of a depth up to three; its value is the greatest there is.
  func best(depth: Int) -> TreePlan { best(depth: depth, Array(0..<cells.count)) }

  /// A tree whose first test is that of the best tree one level less deep, with the best trees
  /// under it.
  func bestWithLookahead(depth: Int) -> TreePlan {
    let shallow = best(depth: depth - 1)
    guard case .split(let axis, let test, _, _) = shallow else { return shallow }
    let deep = split(axis, test, Array(0..<cells.count), depth: depth)
    return deep.value > shallow.value + margin ? deep : shallow
  }

  private func best(depth: Int, _ members: [Int]) -> TreePlan {
    if depth == 1 { return bestOfOne(members) }
    var best = best(depth: depth - 1, members)
    if depth == 2 {
      let pair = PairSearch(cells, axes, members, minimumSessions, margin).best()
      return pair.value > best.value + margin ? pair : best
    }
    for axis in axes.indices {
      for test in axes[axis].tests.indices {
        let plan = split(axis, test, members, depth: depth)
        guard case .split(_, _, let holds, let otherwise) = plan,
          min(holds.sessions, otherwise.sessions) >= minimumSessions
        else { continue }
        if plan.value > best.value + margin { best = plan }
      }
    }
    return best
  }

  private func split(_ axis: Int, _ test: Int, _ members: [Int], depth: Int) -> TreePlan {
    let (codes, range) = (cells.codes[axis], axes[axis].tests[test].codes)
    let holds = members.filter { range.contains(Int(codes[$0])) }
    let otherwise = members.filter { !range.contains(Int(codes[$0])) }
    guard !holds.isEmpty, !otherwise.isEmpty else { return bestLeaf(members) }
    return .split(
      axis: axis, test: test, holds: best(depth: depth - 1, holds),
      otherwise: best(depth: depth - 1, otherwise))
  }

  private func bestLeaf(_ members: [Int]) -> TreePlan {
    var sums = Array(repeating: 0.0, count: cells.channels)
    for cell in members {
      for channel in sums.indices { sums[channel] += cells.sums[cell * cells.channels + channel] }
    }
    return .leaf(sums, margin: margin)
  }

  /// The best tree of one test.
  private func bestOfOne(_ members: [Int]) -> TreePlan {
    var best = bestLeaf(members)
    for (place, axis) in axes.enumerated() {
      var sums = Array(
        repeating: Array(repeating: 0.0, count: cells.channels), count: axis.codeCount)
      for cell in members {
        let code = Int(cells.codes[place][cell])
        for channel in 0..<cells.channels {
          sums[code][channel] += cells.sums[cell * cells.channels + channel]
        }
      }
      for (index, test) in axis.tests.enumerated() {
        var sides = (
          holds: Array(repeating: 0.0, count: cells.channels),
          otherwise: Array(repeating: 0.0, count: cells.channels)
        )
        for code in sums.indices {
          for channel in 0..<cells.channels {
            if test.codes.contains(code) {
              sides.holds[channel] += sums[code][channel]
            } else {
              sides.otherwise[channel] += sums[code][channel]
            }
          }
        }
        guard min(sides.holds[0], sides.otherwise[0]) >= minimumSessions else { continue }
        let plan = TreePlan.split(
          axis: place, test: index, holds: .leaf(sides.holds, margin: margin),
          otherwise: .leaf(sides.otherwise, margin: margin))
        if plan.value > best.value + margin { best = plan }
      }
    }
    return best
  }
}

extension TreePlan {
  /// The leaf of a count and a sum an arm, with the first of the best arms.
  static func leaf(_ sums: [Double], margin: Double) -> TreePlan {
    var arm = 0
    for other in 1..<max(1, sums.count - 1) where sums[other + 1] > sums[arm + 1] + margin {
      arm = other
    }
    return .leaf(arm: arm, value: sums[arm + 1], sessions: sums[0])
  }
}
