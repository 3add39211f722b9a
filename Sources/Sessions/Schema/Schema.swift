/// Which column of a log plays which role: what a mapping file says.
///
/// In YAML:
///
///     session: session_id
///     customer: customer_id
///     time: {column: shown_at, format: epoch-seconds}
///     arm: [offer, placement]
///     propensity: propensity
///     outcome: {column: result, words: {kept: deflected, left: canceled}}
///     reward: {column: visit, values: {"Yes": 1, "No": 0}}
///     mrr: {column: price, currency: USD}
///     covariates:
///       country: category
///       tenure_days: {kind: integer, minimum: 0, missing: [""]}
///     where: {campaign: [spring]}
///
/// Only `arm` is needed. A role that is absent stays absent: nothing is guessed.
public struct Schema: Hashable, Sendable {
  /// The column of the session's key; absent, the number of the row in the file is the key.
  public var session: String?
  /// The column of the customer's key; absent, each session is a customer of its own.
  public var customer: String?
  /// When the session took place; absent, rows are in file order and have no lifecycle.
  public var time: InstantRole?
  /// The columns whose levels, multiplied out, are the action.
  public var arm: [String]
  /// Where the probability of the logged action comes from.
  public var propensity: PropensityRole?
  /// The column of the reason for leaving; an empty one is missing.
  public var reason: String?
  /// The column of what the customer wrote.
  public var reasonText: String?
  /// The column of what the customer came to do: cancel, downgrade, pause.
  public var intent: String?
  /// How the session ended.
  public var outcome: OutcomeRole?
  /// When the customer cancelled after the session; empty means never.
  public var canceledAt: InstantRole?
  /// Until when billing was observed; empty means until the as-of date.
  public var lastSeenAt: InstantRole?
  /// What a policy is to maximise.
  public var reward: RewardRole?
  /// The monthly recurring revenue at stake.
  public var mrr: MoneyRole?
  /// What the offer shown costs.
  public var offerCost: MoneyRole?
  /// The covariates, by the name under which findings speak of them.
  public var covariates: [String: Covariate] = [:]
  /// The columns that are known and left alone.
  public var ignore: [String] = []
  /// Whether columns without a role are kept, as category covariates.
  public var keepUnknown = false
  /// The rows to keep: every column named has one of its values; written `where`.
  public var filter: [String: [String]] = [:]

  /// Creates a schema of nothing but an action.
  public init(arm: [String]) { self.arm = arm }

  /// Every column that must be in the file, in the order of roles, each once.
  public var requiredColumns: [String] {
    var columns: [String] = []
    let roles =
      [session, customer, time?.column] + arm
      + [propensity?.column, reason, reasonText, intent, outcome?.column]
      + [canceledAt?.column, lastSeenAt?.column, reward?.column, mrr?.column, offerCost?.column]
      + covariates.keys.sorted().map { covariates[$0]?.column ?? $0 }
      + filter.keys.sorted()
    for case let column? in roles where !columns.contains(column) { columns.append(column) }
    return columns
  }

  /// What is wrong with the schema in itself, a sentence each; empty if nothing is.
  public var problems: [String] {
    var problems: [String] = []
    if arm.isEmpty { problems.append("arm: names no column") }
    if Set(arm).count < arm.count { problems.append("arm: names a column twice") }
    if let mrr, let offerCost, mrr.currency != offerCost.currency {
      problems.append(
        "offerCost: its currency \(offerCost.currency) is not the \(mrr.currency) of mrr")
    }
    if outcome?.words.isEmpty == true { problems.append("outcome: maps no word") }
    for column in filter.keys.sorted() where filter[column]?.isEmpty == true {
      problems.append("where: \(column) keeps no value, so no row")
    }
    let bounds =
      [("reward", reward?.minimum, reward?.maximum), ("mrr", mrr?.minimum, mrr?.maximum)]
      + [("offerCost", offerCost?.minimum, offerCost?.maximum)]
      + covariates.sorted { $0.key < $1.key }.map { ($0.key, $0.value.minimum, $0.value.maximum) }
    for case let (name, minimum?, maximum?) in bounds where !(minimum <= maximum) {
      problems.append("\(name): its minimum \(minimum) is above its maximum \(maximum)")
    }
    return problems
  }
}
