/// The name under which a row of lift is found again in another run.
struct LiftRowKey: Hashable, Sendable {
  /// A question: of which metric, by which method, and the how-manieth by it that an arm is asked.
  struct Family: Hashable, Sendable {
    let metric: String
    let method: String
    let number: Int
  }

  let family: Family
  let arm: String
  /// The how-manieth row it is about its metric and arm.
  private let place: Int

  /// The keys of the rows of one run.
  static func keys(of rows: [LiftRow]) -> [LiftRowKey] {
    var byMethod: [[String]: Int] = [:]
    var places: [[String]: Int] = [:]
    return rows.map { row in
      let (about, by) = ([row.metric, row.arm], [row.metric, row.arm, row.method])
      defer {
        byMethod[by, default: 0] += 1
        places[about, default: 0] += 1
      }
      return LiftRowKey(
        family: Family(metric: row.metric, method: row.method, number: byMethod[by] ?? 0),
        arm: row.arm, place: places[about] ?? 0)
    }
  }

  /// The rows of another run that have these keys; nil where it has none.
  ///
  /// - Parameters:
  ///   - keys: The keys of the rows that are looked for.
  ///   - rows: The rows of the other run.
  ///   - byAnyMethod: Whether a row at the same place will do, where the other run chose another
  ///     method for the same question.
  /// - Returns: A row for each key.
  static func matching(
    _ keys: [LiftRowKey], _ rows: [LiftRow], byAnyMethod: Bool = true
  ) -> [LiftRow?] {
    let own = self.keys(of: rows)
    let same = Dictionary(uniqueKeysWithValues: zip(own.map(\.question), rows))
    let placed = Dictionary(uniqueKeysWithValues: zip(own.map(\.position), rows))
    return keys.map { same[$0.question] ?? (byAnyMethod ? placed[$0.position] : nil) }
  }

  private var question: [String] { [family.metric, arm, family.method, "\(family.number)"] }
  private var position: [String] { [family.metric, arm, "\(place)"] }
}
