#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Bandits
internal import Yams

/// Saved rates as a plan gives them: by the names of cells and arms, some of which may be left out.
public struct CellRates: Hashable, Sendable {
  /// The rates of one cell, or of every cell.
  public struct Entry: Hashable, Sendable {
    /// The name of the cell; nil stands for every cell.
    public var cell: String?
    /// The rates.
    public var rates: Rates
    /// Where they stand in the plan.
    public var place: PlanPlace
  }

  /// The rates of a cell.
  public enum Rates: Hashable, Sendable {
    /// Of every arm, in their order.
    case ordered([Double])
    /// Of the arms named.
    case named([String: Double])
  }

  /// The entries, in the order of the plan; a later one goes over an earlier.
  public var entries: [Entry]

  /// The rates by cell and arm; what is not named has its rate from `start`.
  ///
  /// - Parameters:
  ///   - arms: The names of the arms.
  ///   - cells: The names of the cells.
  ///   - start: The rates of what is not named; nil where all has to be.
  ///   - whole: The place of what is missing.
  ///   - problems: Receives what names no cell or arm, and what is missing.
  /// - Returns: The table, or nil if there is a problem.
  func table(
    arms: [String], cells: [String], start: ActionTable?, at whole: PlanPlace,
    _ problems: inout [PlanProblem]
  ) -> ActionTable? {
    var rates: [Double?] = start?.values ?? Array(repeating: nil, count: arms.count * cells.count)
    let before = problems.count
    for entry in entries {
      let places = cells.indices.filter { entry.cell == nil || entry.cell == cells[$0] }
      if places.isEmpty {
        problems.append(
          entry.place.problem(
            "there is no cell '\(entry.cell ?? "")'; there are: \(cells.joined(separator: ", "))"))
      }
      switch entry.rates {
      case .ordered(let values):
        guard values.count == arms.count else {
          problems.append(
            entry.place.problem("expected \(arms.count) rates, one for each arm in their order"))
          continue
        }
        for cell in places {
          for (arm, value) in values.enumerated() { rates[cell * arms.count + arm] = value }
        }
      case .named(let values):
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
          guard let arm = arms.firstIndex(of: name) else {
            problems.append(
              entry.place.problem(
                "there is no arm '\(name)'; there are: \(arms.joined(separator: ", "))"))
            continue
          }
          for cell in places { rates[cell * arms.count + arm] = value }
        }
      }
    }
    guard problems.count == before else { return nil }
    let missing = rates.indices.filter { rates[$0] == nil }.map { place in
      "'\(arms[place % arms.count])' of '\(cells[place / arms.count])'"
    }
    guard missing.isEmpty else {
      let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
      problems.append(
        whole.problem("rates are missing: \(missing.prefix(3).joined(separator: ", "))\(more)"))
      return nil
    }
    return ActionTable(
      cellCount: cells.count, armCount: arms.count, values: rates.compactMap(\.self))
  }
}

extension PlanSection {
  /// Saved rates: one of the keys `rates` and `logits`, nested by cell, with arms innermost.
  mutating func cellRates() -> CellRates? {
    let keys = ["rates", "logits"].filter { node($0) != nil }
    guard keys.count == 1, let key = keys.first, let node = node(key) else {
      report(
        keys.last ?? "", at: keys.last.flatMap { self.node($0) },
        "expected one of 'rates' (shares from 0 to 1) and 'logits' (log-odds from −20 to 20)")
      return nil
    }
    var entries: [CellRates.Entry] = []
    let isWhole = addRates(
      of: node, cell: [], key: key, areLogits: key == "logits", to: &entries)
    return isWhole ? CellRates(entries: entries) : nil
  }

  /// Adds the rates below a node; false if there is a mistake.
  private mutating func addRates(
    of node: Node, cell: [String], key: String, areLogits: Bool,
    to entries: inout [CellRates.Entry]
  ) -> Bool {
    let children = node.mapping.map { mapping in
      mapping.map { (name: $0.key.scalar?.string ?? "", node: $0.value) }
    }
    if let children, children.contains(where: { $0.node.scalar == nil }) {
      return children.reduce(true) { isWhole, child in
        addRates(
          of: child.node, cell: cell + [child.name], key: "\(key).\(child.name)",
          areLogits: areLogits, to: &entries) && isWhole
      }
    }
    let leaves = children ?? node.sequence.map { $0.map { (name: "", node: $0) } } ?? []
    if leaves.isEmpty { report(key, at: node, "expected rates by arm, or a list of them") }
    let values = leaves.compactMap { leaf in
      rate(of: leaf.node, leaf.name.isEmpty ? key : "\(key).\(leaf.name)", areLogits)
    }
    guard values.count == leaves.count, !leaves.isEmpty else { return false }
    let rates: CellRates.Rates =
      children == nil
      ? .ordered(values)
      : .named(Dictionary(zip(leaves.map(\.name), values)) { _, last in last })
    entries.append(
      CellRates.Entry(
        cell: cell.isEmpty ? nil : cell.joined(separator: " × "), rates: rates,
        place: place(key, at: node)))
    return true
  }

  private mutating func rate(of node: Node, _ key: String, _ isLogit: Bool) -> Double? {
    let range = isLogit ? -20.0...20 : 0...1
    if let value = node.plainNumber, range.contains(value) {
      return isLogit ? 1 / (1 + exp(-value)) : value
    }
    report(
      key, at: node,
      "'\(node.summary)' is not allowed; expected "
        + (isLogit ? "log-odds from −20 to 20" : "a share from 0 to 1"))
    return nil
  }
}
