import Bandits
import Inference
import StudyTables

/// Sessions until the posterior names a winner of five arms, 0.1 to 0.5.
///
/// The reference is an independent C++ program (400-point quadrature after every session), of 1,000 replications of
/// top-two and 200 of the others.
///
/// Reference: Russo (2020), *Operations Research* 68, 1625–1647, for the design.
enum Verdicts {
  private static let confidences = [0.9, 0.95, 0.99]
  private static let references:
    [(name: String, sessions: [(Double, Double)], correct: (Double, Double))] =
      [
        ("top-two", [(207.7, 6.7), (331.3, 9.3), (626.7, 13.6)], (0.978, 1_000)),
        ("uniform", [(343.2, 36), (627.7, 54), (1_305.4, 76)], (0.945, 200)),
        ("Thompson", [(253.7, 13.6), (568.6, 30), (2_959.5, 148)], (0.995, 200)),
      ]

  static func run(replications: Int) async throws -> Int {
    var table = StudyTable("Sessions until a winner, \(replications) replications")
    let world = RetentionWorld(try BernoulliWorld(rates: [0.1, 0.2, 0.3, 0.4, 0.5]))
    let simulation = Simulation(replications: replications, horizon: 1_000_000, seed: 2020)
    let plain = ThompsonSampling(armCount: 5)
    for (place, confidence) in confidences.enumerated() {
      let rule = VerdictRule(confidence: confidence)
      let summaries = [
        await simulation.verdicts(TopTwo(plain), in: world, by: rule, threads: 2),
        await simulation.verdicts(
          UniformPolicy(armCount: 5), in: world, by: rule, threads: 2),
        await simulation.verdicts(plain, in: world, by: rule, threads: 2),
      ]
      for (summary, reference) in zip(summaries, references) {
        table.add(
          StudyRow(
            what: "\(reference.name), sessions to \(confidence)", source: "C++",
            reference: reference.sessions[place].0, referenceError: reference.sessions[place].1,
            found: summary.sessions.mean, error: summary.sessions.standardError,
            criterion: .standardErrors(4)))
        guard confidence == 0.95 else { continue }
        let (share, count) = (Double(summary.correct) / Double(replications), reference.correct.1)
        let wanted = reference.correct.0
        table.add(
          StudyRow(
            what: "\(reference.name), right at \(confidence)", source: "C++", reference: wanted,
            referenceError: (wanted * (1 - wanted) / count).squareRoot(), found: share,
            error: (share * (1 - share) / Double(replications)).squareRoot(),
            criterion: .standardErrors(4)))
      }
      if confidence == 0.99 {
        table.add(
          StudyRow(
            what: "Thompson over top-two, sessions to 0.99", source: "C++",
            reference: 2_959.5 / 626.7,
            found: summaries[2].sessions.mean / summaries[0].sessions.mean, error: 0,
            criterion: .range(3.5...Double.infinity)))
      }
    }
    return table.failures
  }
}
