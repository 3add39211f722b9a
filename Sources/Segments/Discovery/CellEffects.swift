public import Inference
public import Probability

/// The effect of an arm in every cell of some categories: segment × reason, for one offer.
///
///     d = x₁/n₁ − x₀/n₀        SE² = Σ p(1 − p)/n over both arms
///
/// Beside each estimate stand its p-value, adjusted for all cells, and the effect that remains when
/// small cells lean on their row and column; see ``CrossedShrinkage``. The greatest of many raw
/// effects flatters; the shrunken one does not.
///
/// A cell of three lost sessions has no variance of its own, but its effect is not known exactly: for
/// the shrinkage the variance of each arm's rewards is averaged with that within all cells, by the
/// weights of `n` and ten sessions.
public struct CellEffects: Hashable, Sendable {
  /// One cell.
  public struct Cell: Hashable, Sendable {
    /// The levels that make the cell.
    public let rule: Rule
    /// The sessions and mean reward of the arm, and of the baseline.
    public let (sessions, means): (SegmentFinding.Sessions, Means)
    /// The test of no effect; nil if an arm has fewer than two sessions or rewards do not vary.
    public let test: WaldTest?
    /// The p-value adjusted for all cells.
    public internal(set) var adjustedPValue: Double?
    /// The posterior of the effect, shrunken towards row, column and mean; nil if an arm is missing, or
    /// where there is no shrinkage.
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
  /// How far cells differ at all; nil where fewer than three cells have both arms, or more than 300,
  /// for which it would be slow.
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
    var categories: [Category] = []
    for name in names {
      guard case .category(let codes, let levels) = try data.covariate(name).column else {
        throw .wrongKind(covariate: name)
      }
      categories.append((name, codes, levels))
    }
    self.arm = data.armNames[arm]
    var parts: [Part] = []
    for (place, sums) in Self.sums(data, categories, arm: arm, baseline: baseline).enumerated()
    where sums.arm.count + sums.baseline.count > 0 {
      parts.append(Part(sums: sums, levels: Self.levels(place, categories)))
    }
    var cells = parts.map { part in
      Self.cell(
        Rule(zip(categories, part.levels).map { Condition($0.name, .level($0.levels[$1])) }),
        part.sums.arm, part.sums.baseline)
    }
    let adjusted = adjustment.adjust(cells.map { $0.test?.pValue() })
    for index in cells.indices { cells[index].adjustedPValue = adjusted[index] }
    let measured = cells.indices.filter {
      cells[$0].sessions.arm > 0 && cells[$0].sessions.baseline > 0
    }
    shrinkage = Self.shrinkage(measured.map { parts[$0] }, isCrossed: names.count > 1)
    if let shrinkage {
      for (place, index) in measured.enumerated() {
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

  private typealias Category = (name: String, codes: [Int32], levels: [String])
  private typealias Sums = (arm: RewardTable.Sums, baseline: RewardTable.Sums)

  /// The sums of a cell in use, and its level of each category.
  private struct Part {
    let sums: Sums
    let levels: [Int]
  }

  /// The sums of every cell, the last category changing fastest.
  private static func sums(
    _ data: SegmentData, _ categories: [Category], arm: Int, baseline: Int
  ) -> [Sums] {
    var sums = Array(
      repeating: Sums(arm: .init(), baseline: .init()),
      count: categories.reduce(1) { $0 * $1.levels.count })
    for row in data.arms.indices {
      let isArm = data.arms[row] == Int32(arm)
      guard isArm || data.arms[row] == Int32(baseline),
        categories.allSatisfy({ $0.codes[row] >= 0 })
      else { continue }
      let cell = categories.reduce(0) { $0 * $1.levels.count + Int($1.codes[row]) }
      let reward = data.rewards[row]
      let own = RewardTable.Sums(count: 1, sum: reward, squares: reward * reward)
      if isArm {
        sums[cell].arm = sums[cell].arm + own
      } else {
        sums[cell].baseline = sums[cell].baseline + own
      }
    }
    return sums
  }

  /// The level of each category in a cell.
  private static func levels(_ cell: Int, _ categories: [Category]) -> [Int] {
    var (rest, levels) = (cell, [Int]())
    for category in categories.reversed() {
      levels.append(rest % category.levels.count)
      rest /= category.levels.count
    }
    return levels.reversed()
  }

  /// The shrinkage of cells that have both arms, by variances that lean on those within all cells.
  ///
  /// A single category makes cells of its own; only of several do cells share levels.
  private static func shrinkage(_ parts: [Part], isCrossed: Bool) -> CrossedShrinkage? {
    func pooled(_ sums: [RewardTable.Sums]) -> Double {
      let squares = sums.reduce(0) { $0 + variance($1) * $1.count }
      return squares / sums.reduce(0) { $0 + $1.count }
    }
    guard (3...300).contains(parts.count) else { return nil }
    let common = (
      arm: pooled(parts.map(\.sums.arm)), baseline: pooled(parts.map(\.sums.baseline))
    )
    guard common.arm + common.baseline > 0 else { return nil }
    func steady(_ sums: RewardTable.Sums, _ common: Double) -> Double {
      (sums.count * variance(sums) + 10 * common) / (sums.count + 10) / sums.count
    }
    let errors = parts.map { part in
      (steady(part.sums.arm, common.arm) + steady(part.sums.baseline, common.baseline))
        .squareRoot()
    }
    let factors =
      isCrossed ? parts[0].levels.indices.map { factor in parts.map { $0.levels[factor] } } : []
    return try? CrossedShrinkage(
      estimates: parts.map { $0.sums.arm.mean - $0.sums.baseline.mean }, standardErrors: errors,
      factors: factors)
  }

  /// The variance of the rewards with the divisor `n`: p(1 − p) for shares.
  private static func variance(_ sums: RewardTable.Sums) -> Double {
    max(0, sums.squares / sums.count - sums.mean * sums.mean)
  }

  private static func cell(
    _ rule: Rule, _ mine: RewardTable.Sums, _ theirs: RewardTable.Sums
  ) -> Cell {
    func mean(_ sums: RewardTable.Sums) -> Double { sums.count > 0 ? sums.mean : 0 }
    let isMeasured = mine.count > 1 && theirs.count > 1
    return Cell(
      rule: rule, sessions: .init(arm: Int(mine.count), baseline: Int(theirs.count)),
      means: Means(arm: mean(mine), baseline: mean(theirs)),
      test: isMeasured
        ? WaldTest(
          estimate: mine.mean - theirs.mean,
          standardError: (variance(mine) / mine.count + variance(theirs) / theirs.count)
            .squareRoot()) : nil,
      adjustedPValue: nil, posterior: nil)
  }
}
