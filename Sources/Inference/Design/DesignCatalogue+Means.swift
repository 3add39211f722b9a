extension DesignCatalogue {
  /// The tests of two means.
  public static let means: [Entry] = [
    Entry("welch", .moments, .difference, "Welch's t, its law approximated by the noncentral t") {
      (baseline, null, rule) in
      baseline.deviations.map { control, offer in
        guard case .once(let alpha, let alternative) = rule else {
          return PlannedMeanTest(
            offerDeviation: offer, controlDeviation: control, null: null, rule: rule)
        }
        return PlannedWelchTest(
          offerDeviation: offer, controlDeviation: control, null: null, alpha: alpha, alternative)
      }
    },
    Entry("student", .moments, .difference, looks: .once, "Student's t by the noncentral t") {
      (baseline, null, rule) in
      guard let (control, offer) = baseline.deviations, control == offer,
        case .once(let alpha, let alternative) = rule
      else { return nil }
      return PlannedTTest(deviation: control, null: null, alpha: alpha, alternative)
    },
    lift("deltaLift", .delta, "the lift of means by the delta method"),
    lift("logLift", .logarithm, "the log ratio of means"),
    lift("fiellerRatio", .fieller, "Fieller's test of means"),
    Entry("alwaysValid", .moments, .difference, looks: .always, "z and the normal mixture") {
      (baseline, null, rule) in
      baseline.deviations.map { control, offer in
        PlannedMeanTest(
          offerDeviation: offer, controlDeviation: control, null: null, rule: rule.alwaysValid)
      }
    },
    lift("alwaysValidLift", .delta, looks: .always, "the delta method and the normal mixture"),
  ]

  /// The tests of times to an event that are planned by the number of events.
  public static let survival: [Entry] = [
    Entry("logRank", .events, .hazardRatio, takesNull: false, "Schoenfeld's number of events") {
      (baseline, null, rule) in
      baseline.eventShare.map {
        PlannedLogRankTest(controlEventProbability: $0, null: null, rule: rule)
      }
    },
    Entry("hazardRatio", .events, .hazardRatio, "Schoenfeld's number of events") {
      (baseline, null, rule) in
      baseline.eventShare.map {
        PlannedLogRankTest(controlEventProbability: $0, null: null, rule: rule)
      }
    },
  ]

  private static func lift(
    _ name: String, _ statistic: PlannedMeanLiftTest.Statistic, looks: Entry.Looks = .any,
    _ basis: String
  ) -> Entry {
    Entry(name, .moments, .relativeLift, looks: looks, basis) { (baseline, null, rule) in
      guard case .mean(let mean?, let control, let offer) = baseline else { return nil }
      return PlannedMeanLiftTest(
        baseMean: mean, offerDeviation: offer, controlDeviation: control, null: null,
        statistic: statistic, rule: looks == .always ? rule.alwaysValid : rule)
    }
  }
}

extension DesignBaseline {
  /// The standard deviations of the control and of the offer, if outcomes are numbers.
  fileprivate var deviations: (control: Double, offer: Double)? {
    if case .mean(_, let control, let offer) = self { (control, offer) } else { nil }
  }

  /// The control's probability of an event, if outcomes are times to one.
  fileprivate var eventShare: Double? {
    if case .events(let share) = self { share } else { nil }
  }
}
