/// Everything that a run found, in flat rows, and what it came from.
public struct Findings: Sendable {
  /// The file that holds the findings, and by which a folder of results is known.
  public static let fileName = "findings.json"

  /// The files of a folder of results.
  public static let fileNames = [
    fileName, "lift.csv", "proofs.csv", "policies.csv", "audit.csv", "replays.csv",
    "adaptive.csv",
    "segments.csv", "models.csv", "uplift.csv", "policy_tree.csv", "segment_notes.csv",
    "recommendations.csv", "diagnostics.csv",
  ]

  /// What the findings came from.
  public let provenance: Provenance
  /// Whether the arms got their shares.
  public let sampleRatio: SampleRatio
  /// The comparisons of arms with the baseline.
  public let lift: [LiftRow]
  /// The proof sheet of each of them.
  public let proofs: [ProofSheet]
  /// The checks of the experiment behind them.
  public let diagnostics: [DiagnosticRow]
  /// The values of policies.
  public let policies: [PolicyRow]
  /// The checks of the log before policies were valued from it.
  public let audit: [AuditRow]
  /// The courses of policies that learned on their way through the log.
  public let replays: [ReplayRow]
  /// The values of arms where the logging policy learned; empty where the plan does not say that it did.
  public let adaptive: [AdaptiveRow]
  /// What differs between customers.
  public let segments: SegmentFindings
  /// What is recommended, by customer and by segment.
  public let recommendations: Recommendations

  /// Writes every file into one folder, which appears whole.
  public func write(to folder: String) throws(RunError) {
    let results = try ResultsFolder(folder)
    try results.write("lift.csv") { CSVWriter.write(lift, to: &$0) }
    try results.write("proofs.csv") { CSVWriter.write(proofs.flatMap(\.items), to: &$0) }
    try results.write("diagnostics.csv") { CSVWriter.write(diagnostics, to: &$0) }
    try results.write("policies.csv") { CSVWriter.write(policies, to: &$0) }
    try results.write("audit.csv") { CSVWriter.write(audit, to: &$0) }
    try results.write("replays.csv") { CSVWriter.write(replays, to: &$0) }
    try results.write("adaptive.csv") { CSVWriter.write(adaptive, to: &$0) }
    try segments.write(to: results)
    try results.write("recommendations.csv") { CSVWriter.write(recommendations, to: &$0) }
    try results.write(Self.fileName) { $0.write(jsonText) }
    try results.finish()
  }

  /// The text of ``fileName``.
  public var jsonText: String { json.text }

  /// The findings as one JSON value; recommendations by segment, since one row a customer is for the
  /// file of its own.
  var json: JSONValue {
    .object(
      [
        ("provenance", provenance.json), ("sample_ratio", JSONValue(sampleRatio)),
        ("lift", .array(zip(lift, proofs).map { $0.json(proof: $1) })),
        ("diagnostics", .array(diagnostics.map(JSONValue.init))),
        ("policies", .array(policies.map(JSONValue.init))),
        ("audit", .array(audit.map(JSONValue.init))),
        ("adaptive", .array(adaptive.map(JSONValue.init))),
      ] + segments.jsonFields + [
        ("recommendations_by_segment", .array(recommendations.offers.map(JSONValue.init))),
        ("customers", .integer(recommendations.count)),
        ("customers_with_recommendation", .integer(recommendations.recommendedCount)),
      ])
  }
}
