/// Everything that a simulation found, in flat rows, and what it came from.
public struct SimulationResults: Sendable {
  /// The files of a folder of results; it is known by the first.
  public static let fileNames = [
    "simulation.json", "curves.csv", "verdicts.csv", "comparisons.csv",
  ]

  /// What the results came from.
  public let provenance: SimulationProvenance
  /// The policies at each checkpoint.
  public let curves: [CurveRow]
  /// The verdicts of each policy; none if they are not asked for.
  public let verdicts: [VerdictRow]
  /// The pairs of policies; none if they are not asked for.
  public let comparisons: [ComparisonRow]

  /// Writes every file into one folder, which appears whole.
  public func write(to folder: String) throws(RunError) {
    let results = try ResultsFolder(folder, files: Self.fileNames)
    try results.write("curves.csv") { CSVWriter.write(curves, to: &$0) }
    try results.write("verdicts.csv") { CSVWriter.write(verdicts, to: &$0) }
    try results.write("comparisons.csv") { CSVWriter.write(comparisons, to: &$0) }
    try results.write(Self.fileNames[0]) { $0.write(jsonText) }
    try results.finish()
  }

  /// The text of `simulation.json`.
  public var jsonText: String {
    JSONValue.object([
      ("provenance", provenance.json), ("curves", .array(curves.map(JSONValue.init))),
      ("verdicts", .array(verdicts.map(JSONValue.init))),
      ("comparisons", .array(comparisons.map(JSONValue.init))),
    ]).text
  }
}
