/// The columns that only the questions about policies name, in replay order.
struct OffPolicyColumns: Sendable {
  /// The policy that logged each session; nil where there was one.
  private(set) var loggers: CategoryCodes?
  /// The batch of each session, between two updates of the logging policy; nil where no column tells.
  private(set) var batches: CategoryCodes?
  /// The group of each arm; empty where arms are not grouped.
  private(set) var armGroups: [Int] = []

  init() {}

  /// Takes the columns from a table.
  ///
  /// - Throws: ``RunError/unknownColumn(key:column:allowed:)`` where the plan names what is not there.
  init(
    _ table: TableColumns, plan: RunPlan.OffPolicyPlan, factors: [LiftColumns.Factor], order: [Int]
  ) throws(RunError) {
    func category(_ key: String, _ name: String?) throws(RunError) -> CategoryCodes? {
      guard let name else { return nil }
      guard let column = table.category(name) else {
        throw .unknownColumn(key: "offPolicy.\(key)", column: name, allowed: table.categoryNames)
      }
      return column.reordered(order)
    }
    loggers = try category("loggers", plan.loggers)
    batches = try category("adaptive.batches", plan.adaptive?.batches)
    if let name = plan.actionGroups {
      guard let factor = factors.first(where: { $0.name == name }) else {
        throw .unknownColumn(
          key: "offPolicy.actionGroups", column: name, allowed: factors.map(\.name))
      }
      armGroups = factor.levels
    }
  }
}
