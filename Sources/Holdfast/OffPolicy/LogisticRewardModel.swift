internal import Bandits
internal import LinearAlgebra
internal import Segments

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A reward model by logistic regression: arms, the columns of the cells, and each arm by each column.
///
///     logit E r = β + βₐ + Σⱼ (γⱼ(c) + δⱼ(a, c))        ½ β² a penalty on each coefficient
///
/// Cells that share a level lend each other strength, where ``CellRewardModel`` lets each stand for
/// itself. The rows of the regression are the distinct cells and arms, weighted by their sessions; the
/// overall mean is an offset, so that the penalty draws towards it and not towards one half.
struct LogisticRewardModel {
  /// The level of each cell in each column, −1 where it is missing.
  let cellLevels: [[Int32]]
  /// The number of levels of each column.
  let levelCounts: [Int]

  init(_ log: EncodedLog) {
    cellLevels = log.cellLevels
    levelCounts = log.contexts.map(\.levels.count)
  }

  /// A model of two tables, each fitted to the other's half of the customers; nil where rewards do not
  /// lie in 0...1, or where a fit does not end.
  func crossFit(_ log: DecisionLog, units: [UInt64], seed: UInt64) -> RewardModel? {
    guard log.rewards.allSatisfy({ (0...1).contains($0) }) else { return nil }
    let folds = RewardModel.halves(of: log, units: units, seed: seed)
    let tables = [UInt8(1), 0].compactMap { table(log, folds, of: $0) }
    return tables.count == 2 ? RewardModel(tables: tables, folds: folds) : nil
  }

  /// The rewards expected by a fit to one fold.
  private func table(_ decisions: DecisionLog, _ folds: [UInt8], of fold: UInt8) -> ActionTable? {
    let (cellCount, armCount) = (decisions.cellCount, decisions.armCount)
    let size = cellCount * armCount
    var (counts, sums) = (Array(repeating: 0.0, count: size), Array(repeating: 0.0, count: size))
    for row in 0..<decisions.count where folds[row] == fold {
      let place = Int(decisions.cells[row]) * armCount + Int(decisions.arms[row])
      counts[place] += 1
      sums[place] += decisions.rewards[row]
    }
    let total = (count: counts.reduce(0, +), sum: sums.reduce(0, +))
    guard total.sum > 0, total.sum < total.count else { return nil }
    let mean = log(total.sum / (total.count - total.sum))
    let design = design(cellCount, armCount)
    var solver = NewtonSolver()
    solver.ridge = 1
    do throws(FitError) {
      let likelihood = try LogisticLikelihood(
        zip(sums, counts).map { $1 > 0 ? min(1, $0 / $1) : 0 },
        offset: Array(repeating: mean, count: size), weights: counts)
      let fit = try solver.fit(design, likelihood)
      guard fit.status == .converged else { return nil }
      return ActionTable(
        cellCount: cellCount, armCount: armCount,
        values: design.multiplied(by: fit.coefficients).map { 1 / (1 + exp(-($0 + mean))) })
    } catch {
      return nil
    }
  }

  /// One row a cell and arm.
  private func design(_ cellCount: Int, _ armCount: Int) -> HorizontalMatrix {
    let size = cellCount * armCount
    let arms = CategoricalMatrix(
      codes: (0..<size).map { Int32($0 % armCount) }, levelCount: armCount)
    var parts = [CategoricalMatrix.intercept(rows: size), arms]
    for (levels, count) in zip(cellLevels, levelCounts) {
      // A missing level is a level.
      let column = CategoricalMatrix(
        codes: (0..<size).map { place in
          let level = levels[place / armCount]
          return level < 0 ? Int32(count) : level
        }, levelCount: count + 1)
      parts += [column, column.crossed(with: arms)]
    }
    return HorizontalMatrix(parts.map { .categorical($0) })
  }
}
