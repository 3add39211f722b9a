/// The sessions of a log, as read: chunks of columns, and the dictionaries that their codes
/// point into.
public struct SessionTable: Sendable {
  /// A name with the levels of its column, in the order first seen.
  public struct Levels: Sendable {
    /// The factor's column, or the covariate's name.
    public let name: String
    /// The levels.
    public internal(set) var levels = KeyDictionary()
  }

  /// A covariate, in the order of a chunk's covariate columns.
  public struct Covariate: Sendable {
    /// The name, as the schema gives it, or the column's for one kept without a role.
    public let name: String
    /// What kind of values it has.
    public let kind: Schema.CovariateKind
    /// The levels of a category, in the order first seen; without texts for numbers.
    public internal(set) var levels = KeyDictionary()
  }

  /// Which column played which role.
  public let schema: Schema
  /// The rows, in file order, at most 65,536 to a chunk.
  public internal(set) var chunks: [SessionChunk] = []
  /// The sessions' keys, as written.
  public internal(set) var sessions = KeyDictionary()
  /// The customers' keys, as written.
  public internal(set) var customers = KeyDictionary()
  /// The factors of the arm, in the order of the schema.
  public internal(set) var factors: [Levels]
  /// The actions: one text for each product of factor levels that was seen, joined by " × ".
  public internal(set) var arms: [String] = []
  /// The level of each factor, by arm code; two arms differ in a level, even if not in text.
  public internal(set) var armLevels: [[Int32]] = []
  /// The reasons for leaving.
  public internal(set) var reasons = KeyDictionary()
  /// What customers came to do.
  public internal(set) var intents = KeyDictionary()
  /// The covariates: those of the schema by name, then those kept without a role by column.
  public internal(set) var covariates: [Covariate]
  /// What was read, and what was wrong with it.
  public internal(set) var report = ReadReport()

  /// The number of rows.
  public var rowCount: Int { chunks.reduce(0) { $0 + $1.rowCount } }
}
