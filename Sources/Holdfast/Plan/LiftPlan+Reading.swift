internal import Inference

extension RunPlan.LiftPlan {
  /// Reads the keys of every family of questions.
  mutating func readFamilies(_ section: inout PlanSection) {
    direction = section.word("direction", default: direction)
    strata = section.strings("strata")
    switch section.string("clusters") {
    case nil: break
    case "customer": clusters = .customers
    case "session": clusters = .sessions
    case let name?: clusters = .column(name)
    }
    clusterCorrection = section.word("clusterCorrection", default: clusterCorrection)
    covariates = section.strings("covariates")
    missingCovariates = section.word("missingCovariates", default: missingCovariates)
    simultaneous = section.word("simultaneous", default: simultaneous)
    scores =
      section.section("scores") { section in
        var scores: [String: Double] = [:]
        for arm in section.keys {
          scores[arm] = section.number(arm, default: 0, expected: "a number") { abs($0) <= 1e100 }
        }
        return scores
      } ?? [:]
    plannedSessions = section.wholeNumber("plannedSessions")
    bayesian = section.section("bayesian", Bayesian.init(reading:))
    looks = section.section("looks", Looks.init(reading:))
    if looks != nil, plannedSessions == nil {
      section.report("plannedSessions", "required by 'looks': it is what shares are shares of")
    }
    bootstrap = section.section("bootstrap", Resampling.init(reading:))
    winsorize = section.section("winsorize", Winsorizing.init(reading:))
    ratio = section.section("ratio", Ratio.init(reading:)) ?? nil
    if bootstrap?.statistic == .ratio, ratio == nil {
      section.report("ratio", "required by 'bootstrap.statistic: ratio'")
    }
    if section.node("horizonDays") != nil {
      horizonDays = section.positive("horizonDays", default: 30)
    }
    causes = section.string("causes")
  }
}

extension RunPlan.LiftPlan.Bayesian {
  fileprivate init(reading section: inout PlanSection) {
    model = section.word("model", default: model)
    priorSuccesses = section.positive("priorSuccesses", default: priorSuccesses)
    priorFailures = section.positive("priorFailures", default: priorFailures)
    priorMean = section.number("priorMean", default: 0, expected: "a number") { $0.isFinite }
    if section.node("priorDeviation") != nil {
      priorDeviation = section.positive("priorDeviation", default: 1)
    }
    rope =
      section.section("rope") { section -> Interval? in
        let lower = section.requiredNumber("lower", expected: "a number") { $0.isFinite }
        let upper = section.requiredNumber("upper", expected: "a number") { $0.isFinite }
        guard let lower, let upper else { return nil }
        guard lower < upper else {
          section.report("upper", "expected a number above 'lower'")
          return nil
        }
        return Interval(lower: lower, upper: upper)
      } ?? nil
  }
}

extension RunPlan.LiftPlan.Looks {
  /// The words of the spending functions.
  private enum Spending: String, CaseIterable { case obrienFleming, pocock, power, hwangShihDeCani }

  fileprivate init(reading section: inout PlanSection) {
    switch section.word("spending", default: Spending.obrienFleming) {
    case .obrienFleming: spending = .obrienFleming
    case .pocock: spending = .pocock
    case .power: spending = .power(section.positive("parameter", default: 3))
    case .hwangShihDeCani:
      spending = .hwangShihDeCani(
        section.number("parameter", default: -4, expected: "a number from −40 to 40") {
          abs($0) <= 40
        })
    }
    let texts = section.strings("dates")
    dates = texts.compactMap(Instant.microseconds)
    if dates.count < texts.count || zip(dates, dates.dropFirst()).contains(where: { $0 >= $1 }) {
      section.report("dates", "expected ascending instants like 2026-01-31T00:00:00Z")
    }
    let shareTexts = section.strings("shares")
    shares = shareTexts.compactMap(Double.init).filter { $0 > 0 && $0 <= 1 }
    if shares.count < shareTexts.count
      || zip(shares, shares.dropFirst()).contains(where: { $0 >= $1 })
    {
      section.report("shares", "expected ascending numbers above 0, up to 1")
    }
    if !dates.isEmpty, !shares.isEmpty {
      section.report("shares", "expected either 'dates' or 'shares'")
    }
  }
}

extension RunPlan.LiftPlan.Resampling {
  fileprivate init(reading section: inout PlanSection) {
    resamples = section.integer("resamples", in: 100...1_000_000, default: resamples)
    statistic = section.word("statistic", default: statistic)
    quantile = section.number(
      "quantile", default: quantile, expected: "a number above 0 and below 1"
    ) { 0 < $0 && $0 < 1 }
  }
}

extension RunPlan.LiftPlan.Winsorizing {
  fileprivate init(reading section: inout PlanSection) {
    lower = section.share("lower", default: lower)
    upper = section.share("upper", default: upper)
    if lower >= upper { section.report("upper", "expected a number above 'lower'") }
  }
}

extension RunPlan.LiftPlan.Ratio {
  fileprivate init?(reading section: inout PlanSection) {
    let above = section.string("numerator", required: true)
    let below = section.string("denominator", required: true)
    guard let above, let below else { return nil }
    (numerator, denominator) = (above, below)
  }
}

extension PlanSection {
  /// A whole number from one up; nil if the key is not there.
  fileprivate mutating func wholeNumber(_ key: String) -> Int? {
    node(key) == nil ? nil : integer(key, in: 1...1_000_000_000_000, default: 1)
  }
}
