import Bandits
import Inference
import StudyTables

/// Bias of arms and coverage of nominal 90 % intervals after Thompson sampling, T = 1,000.
///
/// Reference: Hadad, Hirshberg, Zhan, Wager and Athey (2021), *PNAS* 118(15), e2014602118, by its authors' code.
enum AdaptiveInference {
  static func run(replications: Int) async throws -> Int {
    var table = StudyTable("Hadad et al.: nominal 90 %, \(replications) replications")
    for design in ["no signal", "low SNR", "high SNR"] {
      let references = HadadStudy.references.filter { $0.design == design }
      let (estimators, means) = (references.map(\.estimator), references[0].means)
      let chunk = 100
      let parts = try await concurrently((replications + chunk - 1) / chunk) { part in
        try HadadStudy.results(
          estimators, means: means,
          replications: part * chunk..<min((part + 1) * chunk, replications))
      }
      for (place, reference) in references.enumerated() {
        var result = HadadStudy.Result()
        for part in parts { result.merge(part[place]) }
        add(result, reference, to: &table)
      }
    }
    return table.failures
  }

  private static func add(
    _ result: HadadStudy.Result, _ reference: HadadStudy.Reference, to table: inout StudyTable
  ) {
    let name = "\(reference.design), \(reference.estimator.name)"
    func add(_ what: String, _ wanted: Double, _ found: Moments, deviation: Double) {
      table.add(
        StudyRow(
          what: "\(name), \(what)", source: "authors' code", reference: wanted,
          referenceError: deviation / 1_000.0.squareRoot(), found: found.mean,
          error: found.standardError, criterion: .standardErrors(4)))
    }
    for arm in 0..<3 {
      add(
        "bias of arm \(arm + 1)", reference.bias[arm], result.errors[arm],
        deviation: result.errors[arm].variance.squareRoot())
      let share = reference.armCoverage[arm]
      add(
        "coverage of arm \(arm + 1)", share, result.arms[arm],
        deviation: (share * (1 - share)).squareRoot())
    }
    for (other, share) in reference.contrastCoverage.enumerated() {
      add(
        "coverage of arm 3 − arm \(other + 1)", share, result.contrasts[other],
        deviation: (share * (1 - share)).squareRoot())
    }
  }
}
