internal import Probability

/// The reward that a model expects of every arm in every cell, cross-fitted or not.
///
/// A cross-fitted model has one table a fold, each made without the sessions of its fold; a session
/// is looked up in the table that has not seen it.
public struct RewardModel: Hashable, Sendable {
  /// One table of expected rewards a fold.
  public let tables: [ActionTable]
  /// The fold of each session of the log; empty where there is one table for all.
  public let folds: [UInt8]

  /// Creates a model that is the same for every session.
  public init(_ table: ActionTable) {
    tables = [table]
    folds = []
  }

  /// Creates a cross-fitted model.
  ///
  /// - Parameters:
  ///   - tables: For each fold, the rewards expected by a model that has not seen the fold.
  ///   - folds: The fold of each session of the log.
  public init(tables: [ActionTable], folds: [UInt8]) {
    precondition(!tables.isEmpty, "a reward model has a table")
    precondition(
      tables.allSatisfy {
        $0.cellCount == tables[0].cellCount && $0.armCount == tables[0].armCount
      }, "the tables of a model are of one size")
    precondition(folds.allSatisfy { $0 < tables.count }, "a session's fold has a table")
    self.tables = tables
    self.folds = folds
  }
}

extension RewardModel {
  /// Deals the sessions of a log to two folds.
  ///
  /// - Parameters:
  ///   - log: The sessions.
  ///   - units: A number for each session that is the same for sessions of one customer, so that they
  ///     share a fold; nil takes every session for a customer of its own.
  ///   - seed: What decides the folds.
  /// - Returns: The fold of each session, 0 or 1.
  public static func halves(of log: DecisionLog, units: [UInt64]?, seed: UInt64) -> [UInt8] {
    precondition(units.map { $0.count == log.count } ?? true, "every session has a unit")
    let key = StreamKey(seed: seed, purpose: .folds)
    return (0..<log.count).map { row in
      var rng = Philox(key.child(units.map { $0[row] } ?? UInt64(row)))
      return UInt8(truncatingIfNeeded: rng.next() >> 63)
    }
  }

  /// What an estimator looks up for each session, all folds side by side.
  struct Lookup {
    /// The expected reward of a cell and arm, fold after fold.
    let rewards: [Double]
    /// The expected reward of a cell under the target, fold after fold.
    let values: [Double]
    private let folds: [UInt8]
    private let cellCount: Int
    private let tableSize: Int

    init(_ model: RewardModel, _ target: ActionTable, _ log: DecisionLog) {
      precondition(
        model.folds.isEmpty || model.folds.count == log.count, "a model's folds are the log's rows")
      rewards = model.tables.flatMap(\.values)
      values = model.tables.flatMap { target.expectation(of: $0) }
      folds = model.folds
      cellCount = target.cellCount
      tableSize = target.values.count
    }

    /// The expected reward of the logged arm, and of the target, in a session.
    @inline(__always)
    func session(_ row: Int, in log: DecisionLog) -> (reward: Double, value: Double) {
      let fold = folds.isEmpty ? 0 : Int(folds[row])
      return (
        rewards[fold &* tableSize &+ log.place(row)],
        values[fold &* cellCount &+ Int(log.cells[row])]
      )
    }
  }
}
