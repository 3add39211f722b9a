// The written form of a schema. A role that is a column and nothing else is written as the
// column's name; unknown keys are errors, since a key misspelt is a role lost.

extension Schema: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case session, customer, time, arm, propensity, reason, reasonText, intent, outcome
    case canceledAt, lastSeenAt, reward, mrr, offerCost, covariates, ignore, keepUnknown
    case filter = "where"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    if let one = try? container.decode(String.self, forKey: .arm) {
      self.init(arm: [one])
    } else {
      self.init(arm: try container.decode([String].self, forKey: .arm))
    }
    session = try container.decodeIfPresent(String.self, forKey: .session)
    customer = try container.decodeIfPresent(String.self, forKey: .customer)
    time = try container.decodeIfPresent(InstantRole.self, forKey: .time)
    propensity = try container.decodeIfPresent(PropensityRole.self, forKey: .propensity)
    reason = try container.decodeIfPresent(String.self, forKey: .reason)
    reasonText = try container.decodeIfPresent(String.self, forKey: .reasonText)
    intent = try container.decodeIfPresent(String.self, forKey: .intent)
    outcome = try container.decodeIfPresent(OutcomeRole.self, forKey: .outcome)
    canceledAt = try container.decodeIfPresent(InstantRole.self, forKey: .canceledAt)
    lastSeenAt = try container.decodeIfPresent(InstantRole.self, forKey: .lastSeenAt)
    reward = try container.decodeIfPresent(RewardRole.self, forKey: .reward)
    mrr = try container.decodeIfPresent(MoneyRole.self, forKey: .mrr)
    offerCost = try container.decodeIfPresent(MoneyRole.self, forKey: .offerCost)
    covariates = try container.decode(.covariates, default: [:])
    ignore = try container.decode(.ignore, default: [])
    keepUnknown = try container.decode(.keepUnknown, default: false)
    filter = try container.decode(.filter, default: [:])
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(session, forKey: .session)
    try container.encodeIfPresent(customer, forKey: .customer)
    try container.encodeIfPresent(time, forKey: .time)
    try container.encode(arm, forKey: .arm)
    try container.encodeIfPresent(propensity, forKey: .propensity)
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encodeIfPresent(reasonText, forKey: .reasonText)
    try container.encodeIfPresent(intent, forKey: .intent)
    try container.encodeIfPresent(outcome, forKey: .outcome)
    try container.encodeIfPresent(canceledAt, forKey: .canceledAt)
    try container.encodeIfPresent(lastSeenAt, forKey: .lastSeenAt)
    try container.encodeIfPresent(reward, forKey: .reward)
    try container.encodeIfPresent(mrr, forKey: .mrr)
    try container.encodeIfPresent(offerCost, forKey: .offerCost)
    if !covariates.isEmpty { try container.encode(covariates, forKey: .covariates) }
    if !ignore.isEmpty { try container.encode(ignore, forKey: .ignore) }
    if keepUnknown { try container.encode(keepUnknown, forKey: .keepUnknown) }
    if !filter.isEmpty { try container.encode(filter, forKey: .filter) }
  }
}
