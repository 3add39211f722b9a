/// Why a row of lift may be believed, or may not: every choice behind it, and what becomes of its
/// verdict under other choices.
public struct ProofSheet: Hashable, Sendable {
  /// What was looked at.
  public private(set) var items: [ProofItem]

  /// Puts items together for one row of lift, which is the `number`th.
  init(_ row: LiftRow, number: Int, _ items: [ProofItem]) {
    self.items = items
    for index in items.indices {
      self.items[index].row = number
      self.items[index].metric = row.metric
      self.items[index].arm = row.arm
      self.items[index].method = row.method
    }
  }

  /// The sheet in few words: what fails and what changes the verdict, or that nothing does.
  public var summary: String {
    let trouble = [named(.fails), named(.changes)].compactMap(\.self)
    guard trouble.isEmpty else { return trouble.joined(separator: "; ") }
    let held = items.count { $0.standing == .holds }
    return held > 0 ? "holds: \(held) of \(held)" : "nothing could be tried"
  }

  /// The items that stand in one way: by name, or by number where a kind has many.
  private func named(_ standing: ProofItem.Standing) -> String? {
    let kinds = ProofItem.Kind.allCases.compactMap { kind -> String? in
      let own = items.filter { $0.kind == kind }
      let found = own.filter { $0.standing == standing }
      guard let first = found.first else { return nil }
      if found.count > 2 { return "\(kind.rawValue) (\(found.count) of \(own.count))" }
      let settings = first.kind.isRate ? [] : found.compactMap(\.setting)
      return kind.rawValue + (settings.isEmpty ? "" : " (\(settings.joined(separator: ", ")))")
    }
    return kinds.isEmpty ? nil : "\(standing.rawValue): \(kinds.joined(separator: ", "))"
  }

}

extension LiftRow {
  /// The row with its proof sheet inside.
  func json(proof: ProofSheet) -> JSONValue {
    .object(
      Self.columns.map { ($0.name, .field($0.value(self))) } + [
        (
          "proof_sheet",
          .array(
            proof.items.map { item in
              .object(ProofItem.statementColumns.map { ($0.name, .field($0.value(item))) })
            })
        )
      ])
  }
}
