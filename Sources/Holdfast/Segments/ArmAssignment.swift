internal import Segments

/// How the arms of some sessions came to be chosen, and so what may be said of them.
///
/// Where arms were dealt out at random, a difference between them is an effect. Where the log tells the
/// chances that they had, scores weighted by those chances are. Elsewhere a difference is a difference:
/// the customers who got the offer may be others than those who did not, and no method here can tell.
///
/// What a plan says of its experiment is not taken on trust: drawn arms do not depend on what is known of
/// a customer beforehand, and where they plainly do, they were not drawn.
struct ArmAssignment: Sendable {
  /// What is known of the choice.
  enum Kind: Sendable {
    /// At random, with one chance an arm.
    case random(ArmPropensities)
    /// With logged chances that vary between sessions.
    case logged(ArmPropensities)
    /// Not known, and why nothing can be said of effects.
    case unknown(String)
  }

  /// What is known of the choice.
  let kind: Kind
  /// How the arms depend on each covariate, the strongest dependence first.
  let dependences: [ArmDependence]

  /// Why plain differences are not effects, by what is logged alone.
  private let confounded: String?

  /// The p-value, adjusted over covariates, below which arms were plainly not drawn.
  static let contradiction = 1e-6

  /// - Parameters:
  ///   - log: The log.
  ///   - rows: The sessions in question.
  ///   - covariates: What is known of each beforehand, in the order of the rows.
  ///   - plan: The plan, which may name an experiment.
  init(_ log: EncodedLog, rows: [Int], _ covariates: [Covariate], plan: RunPlan) {
    let dependences = ArmDependence.all(log, rows: rows, covariates)
    self.dependences = dependences
    let proven = dependences.filter { ($0.adjustedPValue ?? 1) < Self.contradiction }
    let randomisation = Randomisation(log, rows: rows, plan: plan)
    switch randomisation {
    case .unknown:
      kind = .unknown(
        "arms are not known to have been drawn at random: no propensities are logged and no "
          + "experiment is named" + Self.evidence(proven))
    case .known where !proven.isEmpty:
      kind = .unknown(
        "the plan takes arms to have been drawn at random, and the log contradicts it"
          + Self.evidence(proven))
    case .known: kind = .random(Self.knownChances(log, rows, plan))
    case .varies: kind = .logged(.logged(Self.loggedChances(log, rows)))
    }
    confounded = randomisation.warning
  }

  /// Why nothing can be said of effects; nil where something can.
  var refusal: String? {
    if case .unknown(let sentence) = kind { sentence } else { nil }
  }

  /// Why plain differences between arms are not effects, where they are not.
  var warning: String? { refusal ?? confounded }

  /// The chances of the arms; nil where they are not known.
  var propensities: ArmPropensities? {
    switch kind {
    case .random(let chances), .logged(let chances): chances
    case .unknown: nil
    }
  }

  /// What a plain difference between two arms is: an effect, or not.
  var claim: String {
    if case .random = kind { SegmentRow.effect } else { SegmentRow.association }
  }

  private static func evidence(_ proven: [ArmDependence]) -> String {
    guard !proven.isEmpty else { return "" }
    return "; the arm depends on "
      + proven.prefix(3).map(\.description).joined(separator: ", on ")
      + (proven.count > 3 ? ", and on \(proven.count - 3) more" : "")
  }

  /// The chance of each arm: the plan's, the log's, or its share.
  private static func knownChances(
    _ log: EncodedLog, _ rows: [Int], _ plan: RunPlan
  ) -> ArmPropensities {
    let arms = log.arms.levels
    if let allocation = plan.experiment?.allocation, !allocation.isEmpty {
      let chances = arms.map { allocation[$0] ?? 0 }
      if chances.allSatisfy({ 0 < $0 && $0 <= 1 }) { return .known(chances) }
    }
    guard let propensities = log.propensities else { return .shares }
    var chances = Array(repeating: 0.0, count: arms.count)
    for row in rows { chances[Int(log.arms.codes[row])] = propensities[row] }
    return chances.allSatisfy { 0 < $0 && $0 <= 1 } ? .known(chances) : .shares
  }

  /// The logged chance of the arm of each session; the others share what remains, which no score asks for.
  private static func loggedChances(_ log: EncodedLog, _ rows: [Int]) -> [Double] {
    let count = log.arms.levels.count
    return rows.flatMap { row in
      let own = log.propensities?[row] ?? 1
      let rest = max((1 - own) / Double(max(1, count - 1)), .leastNormalMagnitude)
      return (0..<count).map { $0 == Int(log.arms.codes[row]) ? own : rest }
    }
  }
}
