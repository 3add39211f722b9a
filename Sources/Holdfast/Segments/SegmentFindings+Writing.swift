extension SegmentFindings {
  /// The file by which a folder of these findings alone is known.
  static let fileName = "segments.json"

  /// The files of a folder of these findings alone.
  public static let fileNames = [
    fileName, "segments.csv", "models.csv", "uplift.csv", "policy_tree.csv", "segment_notes.csv",
  ]

  /// Writes these findings alone into one folder, which appears whole.
  public func write(to folder: String, _ provenance: Provenance) throws(RunError) {
    let results = try ResultsFolder(folder, files: Self.fileNames)
    try write(to: results)
    try results.write(Self.fileName) { $0.write(jsonText(provenance)) }
    try results.finish()
  }

  /// Writes a file for each kind of row.
  func write(to results: borrowing ResultsFolder) throws(RunError) {
    try results.write("segments.csv") { CSVWriter.write(segments, to: &$0) }
    try results.write("models.csv") { CSVWriter.write(models, to: &$0) }
    try results.write("uplift.csv") { CSVWriter.write(uplift, to: &$0) }
    try results.write("policy_tree.csv") { CSVWriter.write(policyTree, to: &$0) }
    try results.write("segment_notes.csv") { CSVWriter.write(notes, to: &$0) }
  }

  /// The findings as the text of a JSON file.
  public func jsonText(_ provenance: Provenance) -> String {
    JSONValue.object(
      [("provenance", provenance.json)] + jsonFields + [
        ("policy_values", .array(policyValues.map(JSONValue.init)))
      ]
    ).text
  }

  /// The findings as fields of a JSON object.
  var jsonFields: [(String, JSONValue)] {
    [
      ("segments", .array(segments.map(JSONValue.init))),
      ("segments_refusal", refusal.map(JSONValue.text) ?? .field(.missing)),
      ("effects_refusal", confounding.map(JSONValue.text) ?? .field(.missing)),
      ("models", .array(models.map(JSONValue.init))),
      ("uplift", .array(uplift.map(JSONValue.init))),
      ("policy_tree", .array(policyTree.map(JSONValue.init))),
      ("segment_notes", .array(notes.map(JSONValue.init))),
    ]
  }
}
