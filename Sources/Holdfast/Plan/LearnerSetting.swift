internal import Bandits

/// What a learning policy is made for: arms, cells, window, and money where there is any.
public struct LearnerSetting: Hashable, Sendable {
  /// The names of the arms, by index.
  public var arms: [String]
  /// The names of the cells, by index.
  public var cells: [String]
  /// The level of each cell in each of the factors that make the cells; a factor's levels are any whole
  /// numbers. Without more knowledge the cell is the one factor.
  public var cellLevels: [[Int]]
  /// The length of the window, in days.
  public var windowDays: Double
  /// The margin of a saved session by arm; nil where no money is told.
  public var margins: ArmAmounts?
  /// What a saved session costs by arm.
  public var costs: ArmAmounts?
  /// What may be spent.
  public var budget: Double?
  /// The number of sessions to come.
  public var sessions: Int?
  /// The number of sessions that can be shown before the first of them is learnt.
  public var openSessions = 1

  /// Names arms and cells; there is no money.
  public init(arms: [String], cells: [String], windowDays: Double = 30) {
    precondition(!arms.isEmpty && !cells.isEmpty, "a policy needs an arm and a cell")
    precondition(windowDays > 0 && windowDays.isFinite, "a window has a length")
    self.arms = arms
    self.cells = cells
    cellLevels = [Array(cells.indices)]
    self.windowDays = windowDays
  }
}

extension LearnerSetting {
  /// The features of each cell for a policy that learns coefficients: an intercept and the levels of each
  /// factor but its first; or a feature a cell, so that cells learn apart.
  func features(byCell: Bool) -> ContextFeatures {
    guard cells.count > 1, !byCell else { return ContextFeatures(cells: cells.count) }
    let rows = cells.indices.map { cell in
      var row = [1.0]
      for levels in cellLevels {
        let shown = Set(levels).sorted().dropFirst()
        row += shown.map { levels[cell] == $0 ? 1.0 : 0 }
      }
      return row
    }
    // An intercept is finite and not zero.
    return (try? ContextFeatures(rows: rows)) ?? ContextFeatures(cells: cells.count)
  }

  /// The prior of those coefficients: of the intercept, or of every cell, about a mean; of the others about
  /// zero.
  func prior(byCell: Bool, mean: Double, variance: Double) -> CoefficientPrior {
    let count = features(byCell: byCell).featureCount
    let isApart = cells.count == 1 || byCell
    return CoefficientPrior(
      means: (0..<count).map { isApart || $0 == 0 ? mean : 0 },
      variances: Array(repeating: variance, count: count))
  }
}
