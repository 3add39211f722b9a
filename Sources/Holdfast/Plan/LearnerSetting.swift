/// What a learning policy is made for: arms, cells, window, and money where there is any.
public struct LearnerSetting: Hashable, Sendable {
  /// The names of the arms, by index.
  public var arms: [String]
  /// The names of the cells, by index.
  public var cells: [String]
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
    self.windowDays = windowDays
  }
}
