internal import Inference

/// A test of the catalogues as a plan names it: what it needs to know of each arm, and how it is made.
struct LiftMethod: Sendable {
  /// What a test needs to know of an arm.
  enum Evidence: Sendable {
    /// How many sessions, and how many successes among them.
    case tallies
    /// Count, mean and variance.
    case moments
    /// Each value.
    case values
    /// When sessions were lost, or until when they were watched.
    case lifeTables
  }

  /// The name by which a plan asks for the test.
  let name: String
  /// What it needs to know of each arm.
  let evidence: Evidence
  /// The scale of its null, if it takes any null.
  let nullScale: TestDescription.Scale?
  /// Makes the test for an offer, a control and a null; nil is no effect.
  let compare:
    @Sendable (ArmEvidence, ArmEvidence, Double?) throws(InferenceError) -> any HypothesisTest

  /// Whether its difference is one of days retained, and not of the metric.
  var measuresDays: Bool { name == "restrictedMeanDifference" }

  /// Every test that a plan can name. One name may stand for a test of tallies and for its like of
  /// moments: the data decide.
  static let all: [LiftMethod] =
    (LiftCatalogue.proportions + LiftCatalogue.exact + LiftCatalogue.sequentialProportions)
    .map { LiftMethod($0, .tallies, \.summary.tally) }
    + (LiftCatalogue.means + LiftCatalogue.sequentialMeans)
    .map { LiftMethod($0, .moments, \.summary.moments) }
    + LiftCatalogue.samples.map { LiftMethod($0, .values, \.values) }
    + LiftCatalogue.survival.map { LiftMethod($0, .lifeTables, \.lifeTable) }

  /// The names, each once, in the order of the catalogues.
  static let names: [String] = {
    var names: [String] = []
    for method in all where !names.contains(method.name) { names.append(method.name) }
    return names
  }()

  /// The test of a name that fits what is known of the arms.
  static func named(_ name: String, whereBinary isBinary: Bool) -> LiftMethod? {
    let candidates = all.filter { $0.name == name }
    return candidates.first { $0.evidence != .tallies || isBinary } ?? candidates.first
  }

  private init<Arm>(
    _ entry: LiftCatalogue.Entry<Arm>, _ evidence: Evidence,
    _ arm: @escaping @Sendable (ArmEvidence) -> Arm
  ) {
    name = entry.name
    self.evidence = evidence
    nullScale = entry.nullScale
    compare = { (offer, control, null) throws(InferenceError) in
      try entry.compare(arm(offer), arm(control), null)
    }
  }
}

/// What is known of one arm, for whichever test is asked for.
struct ArmEvidence: Sendable {
  /// The metric of the sessions that count.
  let summary: ArmSummary
  /// The metric of each of them, in replay order.
  let values: [Double]
  /// The watch of every session, those with an open window among them; empty without dates.
  let lifeTable: LifeTable
}
