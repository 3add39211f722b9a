/// What to show each customer, and what the policy that says so is worth.
public struct RecommendationReport: Sendable {
  /// The file by which a folder of recommendations is known.
  static let fileName = "recommendations.json"

  /// The files of a folder of recommendations.
  public static let fileNames = [fileName, "recommendations.csv", "policy_tree.csv"]

  /// What the recommendations came from.
  public let provenance: Provenance
  /// The optimal shallow policy, or why there is none.
  let policy: Result<ShallowPolicy, SegmentRefusal>
  /// A row a customer.
  public let recommendations: Recommendations

  /// The leaves of the policy's tree; empty without one.
  public var policyTree: [PolicyTreeRow] { policy.rows }

  /// The values of the tree, of the best single arm, and their difference.
  public var policyValues: [PolicyRow] { policy.values }

  /// The verdict on the tree, or why there is none.
  public var verdicts: [String] {
    switch policy {
    case .success(let policy): policy.notes
    case .failure(let refusal): [refusal.sentence]
    }
  }

  /// Writes every file into one folder, which appears whole.
  public func write(to folder: String) throws(RunError) {
    let results = try ResultsFolder(folder, files: Self.fileNames)
    try results.write("recommendations.csv") { CSVWriter.write(recommendations, to: &$0) }
    try results.write("policy_tree.csv") { CSVWriter.write(policyTree, to: &$0) }
    try results.write(Self.fileName) { $0.write(jsonText) }
    try results.finish()
  }

  /// The text of ``fileName``: by segment, since one row a customer is for the file of its own.
  public var jsonText: String {
    JSONValue.object([
      ("provenance", provenance.json), ("policy", .text(recommendations.policyName)),
      ("verdicts", .array(verdicts.map(JSONValue.text))),
      ("policy_values", .array(policyValues.map(JSONValue.init))),
      ("policy_tree", .array(policyTree.map(JSONValue.init))),
      ("refusal", recommendations.refusalSentence.map(JSONValue.text) ?? .field(.missing)),
      ("recommendations_by_segment", .array(recommendations.offers.map(JSONValue.init))),
      ("customers", .integer(recommendations.count)),
      ("customers_with_recommendation", .integer(recommendations.recommendedCount)),
    ]).text
  }
}
