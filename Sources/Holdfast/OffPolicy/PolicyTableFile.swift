internal import Bandits
internal import Sessions

/// A policy's probabilities from a CSV file: the context columns, `arm` and `probability`.
///
/// The file is read by the reader of sessions, so its mistakes are named by line and column too.
enum PolicyTableFile {
  /// The probabilities by cell and arm of a log; what the file leaves out is zero.
  static func read(_ file: String, log: EncodedLog) throws(RunError) -> ActionTable {
    let table = try load(file, log: log)
    let columns = TableColumns(table: table)
    let contexts = log.contexts.compactMap { columns.category($0.name) }
    let cells = CategoryCodes(joining: contexts, rowCount: table.rowCount)
    let arms = columns.category("arm")
    let probabilities = columns.whole { $0.rewards } ?? []

    let cellPlaces = try places(of: cells.levels, in: log.cells.levels, file, what: "cell")
    let armPlaces = try places(of: arms?.levels ?? [], in: log.arms.levels, file, what: "arm")
    let armCount = log.arms.levels.count
    var values = Array(repeating: 0.0, count: log.cells.levels.count * armCount)
    for row in 0..<table.rowCount {
      guard let cell = cellPlaces[Int(cells.codes[row])],
        let armCode = arms?.codes[row], let arm = armPlaces[Int(armCode)]
      else { continue }
      values[cell * armCount + arm] += probabilities[row]
    }
    return ActionTable(
      cellCount: log.cells.levels.count, armCount: armCount, values: values)
  }

  private static func load(_ file: String, log: EncodedLog) throws(RunError) -> SessionTable {
    var schema = Schema(arm: ["arm"])
    schema.reward = Schema.RewardRole(column: "probability", minimum: 0, maximum: 1)
    for context in log.contexts { schema.covariates[context.name] = .init(kind: .category) }
    do {
      let table = try SessionReader(schema: schema).read(file)
      guard table.report.rejected == 0 else {
        throw RunError.tooManyRejects(file: file, table.report)
      }
      return table
    } catch let error as SessionError {
      throw .badTable(file: file, line: error.line, error.sentence)
    } catch let error as RunError {
      throw error
    } catch {
      throw .badTable(file: file, line: 0, "\(error)")
    }
  }

  /// Where each level of the file stands in the log; nil for an arm or cell that the log never has
  /// and that the file gives nothing but is allowed to name.
  private static func places(
    of levels: [String], in known: [String], _ file: String, what: String
  ) throws(RunError) -> [Int?] {
    let places = levels.map { known.firstIndex(of: $0) }
    guard places.contains(where: { $0 != nil }) || levels.isEmpty else {
      throw .badTable(
        file: file, line: 1, "no \(what) of this file occurs in the log (\(levels.prefix(3))…)")
    }
    return places
  }
}
