/// The name under which a row of lift is found again in another run of the same plan.
struct LiftRowKey: Hashable, Sendable {
  /// The question: the metric, and the how-manieth about it that this arm is asked.
  struct Family: Hashable, Sendable {
    let metric: String
    let question: Int
  }

  let family: Family
  let arm: String

  /// The keys of the rows of one run.
  static func keys(of rows: [LiftRow]) -> [LiftRowKey] {
    var asked: [[String]: Int] = [:]
    return rows.map { row in
      let question = asked[[row.metric, row.arm], default: 0]
      asked[[row.metric, row.arm]] = question + 1
      return LiftRowKey(family: Family(metric: row.metric, question: question), arm: row.arm)
    }
  }

  /// The rows of another run that have these keys.
  static func matching(_ keys: [LiftRowKey], _ rows: [LiftRow]) -> [LiftRow?] {
    let found = Dictionary(uniqueKeysWithValues: zip(self.keys(of: rows), rows))
    return keys.map { found[$0] }
  }
}
