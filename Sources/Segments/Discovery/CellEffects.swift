public import Inference
public import Probability

/// The effect of an arm in every cell of some categories: segment × reason, for one offer.
///
///     d = x₁/n₁ − x₀/n₀        SE² = Σ p(1 − p)/n over both arms
///
/// Beside each estimate stand its p-value, adjusted for all cells, and the effect that remains when
/// small cells lean on their row and column; see ``CrossedShrinkage``. The greatest of many raw
/// effects flatters; the shrunken one does not.
public struct CellEffects: Hashable, Sendable {
  /// One cell.
  public struct Cell: Hashable, Sendable {
    /// The levels that make the cell.
    public let rule: Rule
    /// The sessions and mean reward of the arm, and of the baseline.
    public let (sessions, means): (SegmentFinding.Sessions, Means)
    /// The test of no effect; nil if an arm is missing or rewards do not vary.
    public let test: WaldTest?
    /// The p-value adjusted for all cells.
    public internal(set) var adjustedPValue: Double?
    /// The posterior of the effect, shrunken towards row, column and mean; nil without a test, or
    /// where fewer than three cells have one.
    public internal(set) var posterior: NormalDistribution?
  }

  /// The mean rewards of a cell.
  public struct Means: Hashable, Sendable {
    /// That of the arm; 0 without a session.
    public let arm: Double
    /// That of the baseline; 0 without a session.
    public let baseline: Double
  }

  /// The cells in use, the last category changing fastest.
  public let cells: [Cell]
  /// The name of the arm.
  public let arm: String
  /// How far cells differ at all; nil where fewer than three have a test.
  public let shrinkage: CrossedShrinkage?

  /// Measures the cells.
  ///
  /// - Parameters:
  ///   - data: The sessions; arms are taken to have been assigned at random.
  ///   - names: The categories whose levels make the cells; a number is cut first, by
  ///     ``Covariate/cut(at:)``. What is missing is in no cell.
  ///   - arm: The treatment, by its place.
  ///   - baseline: The arm that it is compared with.
  ///   - adjustment: How p-values are adjusted over the cells.
  /// - Throws: `unknownCovariate`, or `wrongKind` for a number.
  /// - Complexity: O(*n*), beside the shrinkage of *C* cells in O(*C*³).
  public init(
    _ data: SegmentData, by names: [String], arm: Int, baseline: Int,
    adjustment: Multiplicity = .holm
  ) throws(SegmentError) {
    precondition(!names.isEmpty, "cells are made by a category")
    var categories: [(name: String, codes: [Int32], levels: [String])] = []
    for name in names {
      guard case .category(let codes, let levels) = try data.covariate(name).column else {
        throw .wrongKind(covariate: name)
      }
      categories.append((name, codes, levels))
    }
    let cellCount = categories.reduce(1) { $0 * $1.levels.count }
    var sums = Array(repeating: RewardTable.Sums(), count: 2 * cellCount)
    for row in data.arms.indices {
      guard data.arms[row] == Int32(arm) || data.arms[row] == Int32(baseline) else { continue }
      guard categories.allSatisfy({ $0.codes[row] >= 0 }) else { continue }
      let cell = categories.reduce(0) { $0 * $1.levels.count + Int($1.codes[row]) }
      let place = 2 * cell + (data.arms[row] == Int32(arm) ? 0 : 1)
      let reward = data.rewards[row]
      sums[place] = sums[place] + .init(count: 1, sum: reward, squares: reward * reward)
    }
    self.arm = data.armNames[arm]
    var (cells, levels) = ([Cell](), [[Int]]())
    for cell in 0..<cellCount {
      let (mine, theirs) = (sums[2 * cell], sums[2 * cell + 1])
      guard mine.count + theirs.count > 0 else { continue }
      var (rest, places) = (cell, [Int]())
      for category in categories.reversed() {
        places.insert(rest % category.levels.count, at: 0)
        rest /= category.levels.count
      }
      let rule = Rule(
        zip(categories, places).map { Condition($0.name, .level($0.levels[$1])) })
      cells.append(Self.cell(rule, mine, theirs))
      levels.append(places)
    }
    // Adjust and shrink those that have a test.
    let adjusted = adjustment.adjust(cells.map { $0.test?.pValue() })
    for index in cells.indices { cells[index].adjustedPValue = adjusted[index] }
    let tested = cells.indices.filter { cells[$0].test != nil }
    let tests = tested.compactMap { cells[$0].test }
    // A single category makes cells of its own; only of several do cells share levels.
    let factors =
      names.count > 1 ? names.indices.map { factor in tested.map { levels[$0][factor] } } : []
    shrinkage = try? CrossedShrinkage(
      estimates: tests.map(\.estimate), standardErrors: tests.map(\.standardError),
      factors: factors)
    if let shrinkage {
      for (place, index) in tested.enumerated() {
        cells[index].posterior = shrinkage.effects[place]
      }
    }
    self.cells = cells
  }

  /// The test that all cells have one effect, `Σ (d − d̄)²/SE²`; nil where fewer than two have an
  /// error.
  public var heterogeneity: EffectHeterogeneityTest? {
    try? EffectHeterogeneityTest(
      cells.compactMap { cell in
        cell.test.map {
          EffectEstimate(
            $0.estimate, standardError: $0.standardError, sessions: Double(cell.sessions.total))
        }
      })
  }

  private static func cell(
    _ rule: Rule, _ mine: RewardTable.Sums, _ theirs: RewardTable.Sums
  ) -> Cell {
    func mean(_ sums: RewardTable.Sums) -> Double { sums.count > 0 ? sums.mean : 0 }
    /// The variance of the mean with the divisor `n`: p(1 − p)/n for shares.
    func variance(_ sums: RewardTable.Sums) -> Double {
      max(0, sums.squares / sums.count - sums.mean * sums.mean) / sums.count
    }
    let isMeasured = mine.count > 0 && theirs.count > 0
    return Cell(
      rule: rule, sessions: .init(arm: Int(mine.count), baseline: Int(theirs.count)),
      means: Means(arm: mean(mine), baseline: mean(theirs)),
      test: isMeasured
        ? WaldTest(
          estimate: mine.mean - theirs.mean,
          standardError: (variance(mine) + variance(theirs)).squareRoot()) : nil,
      adjustedPValue: nil, posterior: nil)
  }
}
