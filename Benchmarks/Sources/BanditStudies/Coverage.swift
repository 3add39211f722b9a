import Bandits
import StudyTables

/// Coverage of the 95 % intervals of off-policy estimates, and whether the audit abstains where they fail.
enum Coverage {
  static func run(logs: Int) async throws -> Int {
    var table = StudyTable("Off-policy intervals: nominal 95 %, \(logs) logs")
    let designs = [
      ("weights up to 3", try CoverageDesign.moderate, true),
      ("a rare arm", try CoverageDesign.thin, false),
    ]
    for (name, design, isAmple) in designs {
      let names = CoverageDesign.names
      let results = try await concurrently(names.count) {
        try design.coverage(names[$0], logs: logs)
      }
      for (estimator, result) in zip(names, results) {
        table.add(
          StudyRow(
            what: "\(name), \(estimator), coverage", source: "nominal", reference: 0.95,
            found: result.covered,
            error: (result.covered * (1 - result.covered) / Double(logs)).squareRoot(),
            criterion: isAmple ? .range(0.94...0.96) : .shown))
        table.add(
          StudyRow(
            what: "\(name), \(estimator), passed by the audit", source: "", found: result.passed,
            error: 0, criterion: isAmple ? .range(0.95...1) : .range(0...0)))
      }
    }
    return table.failures
  }
}
