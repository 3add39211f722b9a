/// Up to 65,536 sessions, columns side by side: the unit of work, of memory and of merging.
///
/// A column that the schema does not name is `nil`. Every column is a plain contiguous array in
/// row order. Codes are places in the dictionaries of the ``SessionTable``.
public struct SessionChunk: Sendable {
  /// The number of rows of a full chunk.
  public static let capacity = 65_536

  /// The number of rows.
  public internal(set) var rowCount = 0
  /// The place of each session's key in ``SessionTable/sessions``.
  public internal(set) var sessions: [Int32] = []
  /// The place of each customer's key in ``SessionTable/customers``.
  public internal(set) var customers: [Int32] = []
  /// When each session took place, in microseconds since 1970-01-01 00:00 UTC.
  public internal(set) var times: [Int64]?
  /// The place of each session's action in ``SessionTable/arms``.
  public internal(set) var arms: [Int32] = []
  /// The level of each factor, in the order of the schema's arm columns.
  public internal(set) var factors: [[Int32]]
  /// The logged probability of each action, in (0, 1].
  public internal(set) var propensities: [Double]?
  /// The place of each reason in ``SessionTable/reasons``; −1 where missing.
  public internal(set) var reasons: [Int32]?
  /// What the customer wrote; empty where missing.
  public internal(set) var reasonTexts: TextColumn?
  /// The place of each intent in ``SessionTable/intents``; −1 where missing.
  public internal(set) var intents: [Int32]?
  /// How each session ended.
  public internal(set) var outcomes: [Outcome]?
  /// When the customer cancelled after the session, in microseconds; missing if never.
  public internal(set) var canceledAt: NullableColumn<Int64>?
  /// Until when billing was observed, in microseconds; missing means until the as-of date.
  public internal(set) var lastSeenAt: NullableColumn<Int64>?
  /// The reward of each session.
  public internal(set) var rewards: [Double]?
  /// The monthly recurring revenue at stake, in the currency of the schema.
  public internal(set) var mrr: NullableColumn<Double>?
  /// What the offer shown costs, in the currency of the schema.
  public internal(set) var offerCosts: NullableColumn<Double>?
  /// The covariates, in the order of ``SessionTable/covariates``.
  public internal(set) var covariates: [CovariateColumn]
}

/// One chunk's rows of a covariate.
public enum CovariateColumn: Sendable {
  /// Places in the covariate's levels; −1 where missing.
  case category([Int32])
  /// Numbers, or whole numbers.
  case number(NullableColumn<Double>)
}
