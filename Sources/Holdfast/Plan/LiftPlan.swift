public import Inference

extension RunPlan {
  /// How arms are compared.
  public struct LiftPlan: Hashable, Sendable {
    /// The tests by their names in the catalogues. Empty: chosen by what the data are.
    public var tests: [String] = []
    /// Whether an offer may be called no worse than the baseline.
    public var nonInferiority: NonInferiority?
    /// Whether an offer may be called as good as the baseline.
    public var equivalence: Equivalence?
    /// Which values of the metric are good.
    public var direction = NonInferiorityTest.Direction.moreIsBetter
    /// The columns whose joint levels are strata.
    public var strata: [String] = []
    /// What sessions of one cluster share.
    public var clusters = Clusters.customersThatRepeat
    /// How the residuals of a cluster are corrected.
    public var clusterCorrection = ClusterCorrection.cr2
    /// The numeric columns to adjust for, known before the offer was shown.
    public var covariates: [String] = []
    /// What becomes of sessions without a covariate.
    public var missingCovariates = MissingCovariates.indicator
    /// How several offers are judged together.
    public var simultaneous = Simultaneous.dunnett
    /// The score of each arm, for a trend; empty for none.
    public var scores: [String: Double] = [:]
    /// The posterior, if one is asked for.
    public var bayesian: Bayesian?
    /// The looks of a group-sequential test, if there are any.
    public var looks: Looks?
    /// The sessions of all arms that the experiment was planned for.
    public var plannedSessions: Int?
    /// The bootstrap, if one is asked for.
    public var bootstrap: Resampling?
    /// The shares of values at which extreme ones are drawn in.
    public var winsorize: Winsorizing?
    /// The two columns of a ratio of sums.
    public var ratio: Ratio?
    /// The day up to which watched sessions are compared. Absent: as long as all arms were watched.
    public var horizonDays: Double?
    /// The column that says why a session was lost.
    public var causes: String?
    /// Whether tests of two arms give an interval beside their p-value: one that is repeated by the
    /// hundred for its p-value alone does not.
    var givesIntervals = true

    /// A question with one margin.
    public struct NonInferiority: Hashable, Sendable {
      /// The test by its name.
      public var test: String
      /// The effect at which an offer is first too bad, on the test's scale.
      public var margin: Double
      /// Which effects are good.
      public var direction: NonInferiorityTest.Direction
    }

    /// A question with two margins.
    public struct Equivalence: Hashable, Sendable {
      /// The test by its name.
      public var test: String
      /// The effects that are as good as none lie strictly inside, on the test's scale.
      public var margins: Interval
    }
  }
}

extension RunPlan.LiftPlan {
  init(reading section: inout PlanSection) {
    tests = section.strings("tests")
    for name in tests where !LiftMethod.names.contains(name) {
      section.report("tests", Self.unknown(name, allowed: LiftMethod.names))
    }
    nonInferiority = section.section("nonInferiority", NonInferiority.init(reading:)) ?? nil
    equivalence = section.section("equivalence", Equivalence.init(reading:)) ?? nil
    readFamilies(&section)
    let asked = tests + [nonInferiority?.test, equivalence?.test].compactMap(\.self)
    for name in asked {
      guard let key = LiftMethod.all.first(where: { $0.name == name })?.missingKey(in: self)
      else { continue }
      section.report(key, "required by the test '\(name)'")
    }
  }

  /// The name of a test that takes a margin, and the margins that its scale allows.
  fileprivate static func marginTest(
    _ section: inout PlanSection
  ) -> (name: String, scale: TestDescription.Scale) {
    let standard = "farringtonManning"
    let name = section.string("test") ?? standard
    if let scale = LiftMethod.all.first(where: { $0.name == name })?.nullScale {
      return (name, scale)
    }
    let allowed = LiftMethod.names.filter { name in
      LiftMethod.all.contains { $0.name == name && $0.nullScale != nil }
    }
    section.report("test", unknown(name, allowed: allowed))
    return (standard, .difference)
  }

  private static func unknown(_ name: String, allowed: [String]) -> String {
    "'\(name)' is not allowed; expected one of: \(allowed.joined(separator: ", "))"
  }
}

extension RunPlan.LiftPlan.NonInferiority {
  fileprivate init?(reading section: inout PlanSection) {
    let (name, scale) = RunPlan.LiftPlan.marginTest(&section)
    test = name
    direction = section.word("direction", default: .moreIsBetter)
    guard let margin = section.margin("margin", on: scale) else { return nil }
    self.margin = margin
  }
}

extension RunPlan.LiftPlan.Equivalence {
  fileprivate init?(reading section: inout PlanSection) {
    let (name, scale) = RunPlan.LiftPlan.marginTest(&section)
    test = name
    let lower = section.margin("lower", on: scale)
    let upper = section.margin("upper", on: scale)
    guard let lower, let upper else { return nil }
    guard lower < upper else {
      section.report("upper", "expected a number above 'lower'")
      return nil
    }
    margins = Interval(lower: lower, upper: upper)
  }
}

extension PlanSection {
  /// A margin, inside the effects that a scale has.
  fileprivate mutating func margin(_ key: String, on scale: TestDescription.Scale) -> Double? {
    switch scale {
    case .difference:
      // Of shares or of amounts: the data decide which, and shares check it then.
      requiredNumber(key, expected: "a number") { $0.isFinite }
    case .relativeLift:
      requiredNumber(key, expected: "a relative lift above −1") { $0 > -1 }
    case .oddsRatio, .hazardRatio:
      requiredNumber(key, expected: "a ratio above 0") { $0 > 0 }
    case .superiority:
      requiredNumber(key, expected: "a number above 0 and below 1") { 0 < $0 && $0 < 1 }
    }
  }
}
