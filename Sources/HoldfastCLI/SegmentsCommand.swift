internal import ArgumentParser
internal import Holdfast

/// What differs between customers, alone.
struct SegmentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segments",
    abstract: "Find for whom an arm works otherwise: rules, trees, regressions, uplift, a policy.",
    discussion: """
      What is found on some customers is tested on others, with the p-values adjusted for all that \
      was tested. Where arms were not drawn at random, only differences are reported, and the reason \
      why they are no more than that.

      Example:
        holdfast segments datasets/cancel_sessions/plan.yaml
        holdfast segments datasets/cancel_sessions/plan.yaml --output results/segments

      The folder holds \(SegmentFindings.fileNames.joined(separator: ", ")). It appears whole or not \
      at all.
      """)

  @OptionGroup var options: PlanOptions

  @Option(name: .shortAndLong, help: "A folder for every row of every part.")
  var output: String?

  @Option(help: "How to print: table, csv (the segments alone), json (everything).")
  var format: OutputFormat = .table

  func run() async throws {
    try await Failure.reporting {
      let plan = try options.load()
      if let output { try ResultsFolder.check(output, files: SegmentFindings.fileNames) }
      let progress = ProgressLine(quiet: options.quiet)
      let (provenance, findings) = try await Run(plan).segments { progress.show($0) }
      progress.clear()
      if let output { try findings.write(to: output, provenance) }
      switch format {
      case .table: Console.output(FindingsReport.segments(findings))
      case .csv: Console.output(ResultText.csv(findings.segments))
      case .json: Console.output(findings.jsonText(provenance))
      }
      if let refusal = findings.refusal { Console.error("no segments: \(refusal)") }
      if let confounding = findings.confounding {
        Console.error("no statement about effects: \(confounding)")
      }
      if let output {
        Console.error(
          "results: \(output)/ (\(SegmentFindings.fileNames.joined(separator: ", ")))")
      }
    }
  }
}
