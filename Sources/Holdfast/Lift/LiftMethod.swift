internal import Inference

/// A test of two arms as a plan names it: what it needs to know of each arm, and how it is made.
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
    /// Tallies, stratum by stratum.
    case strata
    /// The moments of each stratum.
    case stratumMoments
    /// Life tables, stratum by stratum.
    case stratumLifeTables
    /// Sessions by cluster.
    case clusters
    /// Values with covariates.
    case covariates
    /// Two columns that are summed.
    case ratio

    /// Whether the metric has to be 0 or 1.
    var isOfShares: Bool { self == .tallies || self == .strata }
    /// Whether days are compared, and not the metric.
    var isOfWatches: Bool { self == .lifeTables || self == .stratumLifeTables }
  }

  typealias Compare =
    @Sendable (ArmEvidence, ArmEvidence, Double?, LiftContext) throws(InferenceError)
    -> any HypothesisTest

  /// The name by which a plan asks for the test.
  let name: String
  /// What it needs to know of each arm.
  let evidence: Evidence
  /// The scale of its null, if it takes any null.
  let nullScale: TestDescription.Scale?
  /// Makes the test for an offer, a control and a null; nil is no effect.
  let compare: Compare

  /// Whether its difference is one of days retained, and not of the metric.
  var measuresDays: Bool { name == "restrictedMeanDifference" }

  /// Whether a plan that names this test need not be given another by default.
  func answersFor(_ other: LiftMethod) -> Bool {
    switch other.evidence {
    case .tallies, .moments, .values, .lifeTables, .stratumLifeTables: name == other.name
    case .strata, .stratumMoments, .clusters, .covariates, .ratio: evidence == other.evidence
    }
  }

  /// The key without which a plan cannot ask for the test; nil if nothing is missing.
  func missingKey(in plan: RunPlan.LiftPlan) -> String? {
    switch evidence {
    case .tallies, .moments, .values, .lifeTables, .clusters: nil
    case .strata, .stratumMoments, .stratumLifeTables: plan.strata.isEmpty ? "strata" : nil
    case .covariates: plan.covariates.isEmpty ? "covariates" : nil
    case .ratio: plan.ratio == nil ? "ratio" : nil
    }
  }

  /// Every test that a plan can name. One name may stand for a test of tallies and for its like of
  /// moments: the data decide.
  static let all: [LiftMethod] =
    (LiftCatalogue.proportions + LiftCatalogue.exact)
    .map { LiftMethod($0, .tallies) { $0.summary.tally } }
    + LiftCatalogue.means.map { LiftMethod($0, .moments) { $0.summary.moments } }
    + LiftCatalogue.samples.filter { $0.name != "winsorized" }
    .map { LiftMethod($0, .values) { $0.values } }
    + LiftCatalogue.survival.map(LiftMethod.survival)
    + sequential + stratified + clustered + adjusted + resampled

  /// The names, each once, in the order of the catalogues.
  static let names: [String] = {
    var names: [String] = []
    for method in all where !names.contains(method.name) { names.append(method.name) }
    return names
  }()

  /// The test of a name that fits what is known of the arms.
  static func named(_ name: String, whereBinary isBinary: Bool) -> LiftMethod? {
    let candidates = all.filter { $0.name == name }
    return candidates.first { !$0.evidence.isOfShares || isBinary } ?? candidates.first
  }

  /// A test that takes any null of its scale.
  init(
    _ name: String, _ evidence: Evidence, scale: TestDescription.Scale,
    _ compare:
      @escaping @Sendable (ArmEvidence, ArmEvidence, Double, LiftContext) throws(InferenceError)
      -> any HypothesisTest
  ) {
    self.name = name
    self.evidence = evidence
    nullScale = scale
    self.compare = { (offer, control, null, context) throws(InferenceError) in
      try compare(offer, control, null ?? scale.noEffect, context)
    }
  }

  /// A test of a catalogue.
  init<Arm>(
    _ entry: LiftCatalogue.Entry<Arm>, _ evidence: Evidence,
    _ arm: @escaping @Sendable (ArmEvidence) throws(InferenceError) -> Arm
  ) {
    name = entry.name
    self.evidence = evidence
    nullScale = entry.nullScale
    compare = { (offer, control, null, _) throws(InferenceError) in
      try entry.compare(try arm(offer), try arm(control), null)
    }
  }

  /// A test of life tables, up to the plan's horizon.
  private static func survival(_ entry: LiftCatalogue.Entry<LifeTable>) -> LiftMethod {
    LiftMethod(entry.name, .lifeTables, entry.nullScale) {
      (offer, control, null, context) throws(InferenceError) in
      try entry.compare(
        offer.lifeTable.seen(upTo: context.plan.horizonDays, arm: 1),
        control.lifeTable.seen(upTo: context.plan.horizonDays, arm: 0), null)
    }
  }

  /// A test with or without a null.
  init(
    _ name: String, _ evidence: Evidence, _ nullScale: TestDescription.Scale?,
    _ compare: @escaping Compare
  ) {
    self.name = name
    self.evidence = evidence
    self.nullScale = nullScale
    self.compare = compare
  }
}

extension LifeTable {
  /// The table as if every watch had ended at a horizon.
  ///
  /// - Throws: `beyondFollowUp` if no session was watched that long.
  func seen(upTo horizon: Double?, arm: Int) throws(InferenceError) -> LifeTable {
    guard let horizon, count > 0 else { return self }
    guard horizon <= followUp else {
      throw .beyondFollowUp(arm: arm, horizon: horizon, followUp: followUp)
    }
    return censored(at: horizon)
  }
}
