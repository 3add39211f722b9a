internal import ArgumentParser
internal import Holdfast

/// What to show each customer next.
struct RecommendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Write what to show each customer: a row a customer, from the policy worth most.",
    discussion: """
      The policy is the best tree of a few questions if it beats the best single arm on customers who \
      had no part in it, and else that arm; or the best arm of each cell (recommend.by: cells).

      Example:
        holdfast recommend datasets/cancel_sessions/plan.yaml --output results/recommendations

      The folder holds \(RecommendationReport.fileNames.joined(separator: ", ")). It appears whole or \
      not at all.
      """)

  @OptionGroup var options: PlanOptions

  @Option(help: "What chooses the offers instead of the plan's recommend.by.")
  var by: Choice?

  @Option(name: .shortAndLong, help: "A folder for a row a customer, and the policy.")
  var output: String?

  @Option(help: "How to print: table (by segment), csv (a row a customer), json (by segment).")
  var format: OutputFormat = .table

  /// What may choose the offers.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case tree, cells
  }

  func run() async throws {
    try await Failure.reporting {
      var plan = try options.load()
      if let by { plan.recommend.by = .init(rawValue: by.rawValue) }
      let files = RecommendationReport.fileNames
      if let output { try ResultsFolder.check(output, files: files) }
      let progress = ProgressLine(quiet: options.quiet)
      let report = try await Run(plan).recommendations { progress.show($0) }
      progress.clear()
      if let output { try report.write(to: output) }
      switch format {
      case .table: Console.output(FindingsReport.recommendations(report))
      case .csv: Console.output(ResultText.csv(report.recommendations))
      case .json: Console.output(report.jsonText)
      }
      if let refusal = report.recommendations.refusalSentence {
        Console.error("no recommendation: \(refusal)")
      }
      if let output { Console.error("results: \(output)/ (\(files.joined(separator: ", ")))") }
    }
  }
}
