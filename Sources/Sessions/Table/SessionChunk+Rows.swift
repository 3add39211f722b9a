extension SessionChunk {
  /// A chunk without rows that has a column for each role of a schema.
  init(_ bindings: RoleBindings) {
    factors = bindings.arm.map { _ in [] }
    covariates = bindings.covariates.map {
      $0.isCategory ? .category([]) : .number(NullableColumn())
    }
    if bindings.time != nil { times = [] }
    if bindings.propensity != nil { propensities = [] }
    if bindings.reason != nil { reasons = [] }
    if bindings.reasonText != nil { reasonTexts = TextColumn() }
    if bindings.intent != nil { intents = [] }
    if bindings.outcome != nil { outcomes = [] }
    if bindings.canceledAt != nil { canceledAt = NullableColumn() }
    if bindings.lastSeenAt != nil { lastSeenAt = NullableColumn() }
    if bindings.reward != nil { rewards = [] }
    if bindings.mrr != nil { mrr = NullableColumn() }
    if bindings.offerCost != nil { offerCosts = NullableColumn() }
  }

  /// The rows at the places given, in their order.
  func gather(_ rows: [Int]) -> SessionChunk {
    var copy = self
    copy.rowCount = rows.count
    copy.sessions = rows.map { sessions[$0] }
    copy.customers = rows.map { customers[$0] }
    copy.times = times.map { times in rows.map { times[$0] } }
    copy.arms = rows.map { arms[$0] }
    copy.factors = factors.map { factor in rows.map { factor[$0] } }
    copy.propensities = propensities.map { column in rows.map { column[$0] } }
    copy.reasons = reasons.map { column in rows.map { column[$0] } }
    copy.reasonTexts = reasonTexts?.gather(rows)
    copy.intents = intents.map { column in rows.map { column[$0] } }
    copy.outcomes = outcomes.map { column in rows.map { column[$0] } }
    copy.canceledAt = canceledAt?.gather(rows)
    copy.lastSeenAt = lastSeenAt?.gather(rows)
    copy.rewards = rewards.map { column in rows.map { column[$0] } }
    copy.mrr = mrr?.gather(rows)
    copy.offerCosts = offerCosts?.gather(rows)
    copy.covariates = covariates.map { covariate in
      switch covariate {
      case .category(let codes): .category(rows.map { codes[$0] })
      case .number(let column): .number(column.gather(rows))
      }
    }
    return copy
  }
}

extension CovariateColumn {
  /// Adds a row to a category.
  mutating func append(_ code: Int32) {
    guard case .category(var codes) = self else { return }
    self = .category([])
    codes.append(code)
    self = .category(codes)
  }

  /// Adds a row to a number.
  mutating func append(_ value: Double?) {
    guard case .number(var column) = self else { return }
    // The enum lets go of its column, so that adding to it does not copy.
    self = .category([])
    column.append(value)
    self = .number(column)
  }
}

extension SessionTable {
  /// Takes out rows, given by their numbers from zero.
  ///
  /// Chunks keep their bounds: one may be left with fewer rows. Dictionaries keep their texts.
  mutating func removeRows(_ removed: Set<Int>) {
    for index in chunks.indices {
      let first = index * SessionChunk.capacity
      let kept = (0..<chunks[index].rowCount).filter { !removed.contains(first + $0) }
      if kept.count < chunks[index].rowCount { chunks[index] = chunks[index].gather(kept) }
    }
    chunks.removeAll { $0.rowCount == 0 }
  }
}
