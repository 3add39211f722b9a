extension DesignCatalogue {
  /// The tests of two proportions that are planned by a formula.
  public static let shares: [Entry] = [
    difference("pooledZ", .score, takesNull: false, "the pooled z"),
    difference("unpooledZ", .unpooled, "Wald's z"),
    difference("farringtonManning", .score, "Farrington and Manning's score test"),
    difference(
      "miettinenNurminen", .score,
      "Farrington and Manning's score test, of the same law but for N/(N − 1)"),
    difference(
      "likelihoodRatio", .score,
      "Farrington and Manning's score test, of the same law in large arms"),
    difference("welch", .unpooled, "Wald's z, which Welch's t of zeros and ones is in large arms"),
    difference("horizonDifference", .unpooled, "Wald's z, once every window has closed"),
    ratio("logRatio", .logarithm, "the log ratio"),
    ratio("koopman", .score, "Koopman's score test"),
    ratio("fieller", .fieller, "Fieller's test"),
    ratio("deltaLift", .delta, "the delta method"),
    ratio("logLift", .logarithm, "the log ratio"),
    ratio("fiellerRatio", .fieller, "Fieller's test"),
    oddsRatio("woolf", "the log odds ratio"),
    oddsRatio("gart", "the log odds ratio; the ½ added to each cell vanishes in large arms"),
    Entry("arcsine", .rate, .difference, takesNull: false, "Cohen's difference of angles") {
      (baseline, _, rule) in
      baseline.rate.map { PlannedArcsineTest(baseRate: $0, rule: rule) }
    },
    Entry("alwaysValid", .rate, .difference, looks: .always, "Wald's z and the normal mixture") {
      (baseline, null, rule) in
      baseline.rate.map {
        PlannedProportionTest(
          baseRate: $0, null: null, variance: .unpooled, rule: rule.alwaysValid)
      }
    },
    Entry(
      "alwaysValidLift", .rate, .relativeLift, looks: .always,
      "the delta method and the normal mixture"
    ) { (baseline, null, rule) in
      baseline.rate.map {
        PlannedLiftTest(baseRate: $0, null: null, statistic: .delta, rule: rule.alwaysValid)
      }
    },
  ]

  private static func difference(
    _ name: String, _ variance: PlannedProportionTest.Variance, takesNull: Bool = true,
    _ basis: String
  ) -> Entry {
    Entry(name, .rate, .difference, takesNull: takesNull, basis) { (baseline, null, rule) in
      baseline.rate.map {
        PlannedProportionTest(baseRate: $0, null: null, variance: variance, rule: rule)
      }
    }
  }

  private static func ratio(
    _ name: String, _ statistic: PlannedLiftTest.Statistic, _ basis: String
  ) -> Entry {
    Entry(name, .rate, .relativeLift, basis) { (baseline, null, rule) in
      baseline.rate.map {
        PlannedLiftTest(baseRate: $0, null: null, statistic: statistic, rule: rule)
      }
    }
  }

  private static func oddsRatio(_ name: String, _ basis: String) -> Entry {
    Entry(name, .rate, .oddsRatio, basis) { (baseline, null, rule) in
      baseline.rate.map { PlannedOddsRatioTest(baseRate: $0, null: null, rule: rule) }
    }
  }
}

extension DesignBaseline {
  /// The control's probability of success, if outcomes are successes or not.
  var rate: Double? { if case .rate(let rate) = self { rate } else { nil } }
}

extension RejectionRule {
  /// The same error and alternative, valid at every look; tuned as ``AlwaysValidTest`` is by default.
  var alwaysValid: RejectionRule {
    guard case .once(let alpha, let alternative) = self else { return self }
    return .alwaysValid(
      alpha: alpha, alternative, tunedFor: AlwaysValidTest.defaultSessions)
  }
}
