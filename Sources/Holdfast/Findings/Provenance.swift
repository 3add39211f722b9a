internal import Inference
internal import Sessions

/// What a result came from, so that it can be had again to the last byte.
///
/// The number of threads is not part of it: no result depends on it.
public struct Provenance: Sendable {
  /// The version of Holdfast.
  public let version: String
  /// The plan, key by key.
  let plan: [(String, FieldValue)]
  /// The file of sessions.
  public let sessions: String
  /// The SHA-256 of its bytes as read.
  public let sha256: String
  /// The rows read, accepted, filtered and rejected.
  let rows: [(String, FieldValue)]
  /// The sessions in each state as of the date.
  let states: [(String, FieldValue)]
  /// What the reader noticed.
  public let warnings: [String]

  init(_ plan: RunPlan, _ report: ReadReport, _ log: EncodedLog) {
    version = HoldfastVersion.current
    sessions = plan.sessions.split(separator: "/").last.map(String.init) ?? plan.sessions
    sha256 = report.sha256
    rows = [
      ("read", .init(report.rows)), ("accepted", .init(report.accepted)),
      ("filtered", .init(report.filtered)), ("rejected", .init(report.rejected)),
      ("exact_duplicates", .init(report.exactDuplicates)),
    ]
    states = plan.metric == .saved ? log.states.fields : []
    warnings = report.warnings.map(\.sentence)
    self.plan = plan.fields(asOf: log.asOf)
  }

  var json: JSONValue {
    .object([
      ("version", .text(version)), ("sessions", .text(sessions)), ("sha256", .text(sha256)),
      ("rows", .object(rows.map { ($0.0, .field($0.1)) })),
      ("states", .object(states.map { ($0.0, .field($0.1)) })),
      ("warnings", .field(.texts(warnings))),
      ("plan", .object(plan.map { ($0.0, .field($0.1)) })),
    ])
  }
}

extension StateCounts {
  /// The counts by name.
  var fields: [(String, FieldValue)] {
    [
      ("canceled", .init(canceled)), ("watchlist", .init(watchlist)), ("lost", .init(lost)),
      ("saved", .init(saved)), ("invalid", .init(invalid)), ("unknown", .init(unknown)),
      ("window_still_open", .init(immature)),
    ]
  }
}

extension ReadReport.Warning {
  /// The warning for people: code, count, first places.
  var sentence: String {
    let places =
      (columns.isEmpty ? "" : " in \(columns.joined(separator: ", "))")
      + (lines.isEmpty ? "" : " (first at line \(lines[0]))")
    return "\(code.rawValue) × \(count)\(places)"
  }
}

extension RunPlan {
  /// The settings that decide the results.
  func fields(asOf: Int64?) -> [(String, FieldValue)] {
    [
      ("metric", .init(metric.rawValue)),
      ("as_of", .init(asOf.map { Instant.text($0) })), ("window_days", .init(windowDays)),
      ("baseline", .init(baseline)), ("experiment_column", .init(experiment?.column)),
      ("experiment_values", .init(experiment?.values ?? [])), ("contexts", .init(contexts)),
      ("level", .init(level)), ("adjustment", .init(adjustment.rawValue)),
      ("seed", .init("\(seed)")),
      ("minimum_effective_sample_size", .init(offPolicy.minimumEffectiveSampleSize)),
      ("off_policy_prior_sessions", .init(offPolicy.priorSessions)),
      ("off_policy_reward_model", .init(offPolicy.rewardModel.rawValue)),
      ("off_policy_estimators", .init(offPolicy.estimators.map(\.text))),
      ("off_policy_intervals", .init(offPolicy.intervals)),
      ("off_policy_on_doubt", .init(offPolicy.audit.onDoubt.rawValue)),
      ("replay_methods", .init(replay.methods.map(\.rawValue))),
      ("replay_outcomes", .init(replay.outcomes.rawValue)),
      ("replay_batch_days", .init(replay.batchSessions == nil ? replay.batchDays : nil)),
      ("replay_batch_sessions", .init(replay.batchSessions)),
      ("diagnostics_columns", .init(diagnostics.columns)),
      ("diagnostics_sample_ratio_alpha", .init(diagnostics.sampleRatioAlpha)),
      ("diagnostics_alpha", .init(diagnostics.alpha)),
      ("diagnostics_minimum_sessions", .init(diagnostics.minimumSessions)),
      ("diagnostics_period_days", .init(diagnostics.periodDays)),
      ("segment_minimum_sessions", .init(segments.minimumSessions)),
      ("segment_maximum_rules", .init(segments.maximumRules)),
      ("segment_depth", .init(segments.depth)), ("segment_columns", .init(segments.columns)),
      ("recommend_minimum_sessions", .init(recommend.minimumSessions)),
      ("recommend_minimum_probability", .init(recommend.minimumProbability)),
      ("recommend_prior_sessions", .init(recommend.priorSessions)),
      ("maximum_rejected_share", .init(maximumRejectedShare)),
    ]
  }
}
