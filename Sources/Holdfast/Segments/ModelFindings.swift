internal import Inference
internal import Segments

/// The regressions of a plan, and whether the difference between the arms depends on a covariate, one
/// covariate at a time.
struct ModelFindings {
  /// The rows, model after model.
  private(set) var rows: [ModelRow] = []
  /// What is to be said of dependence on covariates.
  private(set) var notes: [String] = []

  init(_ sample: SegmentSample) {
    rows = Self.interactions(sample)
    notes = [verdict(sample.plan.level)].compactMap(\.self)
    for model in sample.plan.segments.models {
      var own = RegressionTask(model, sample).rows()
      Self.adjust(&own, sample.plan.adjustment)
      rows += own
    }
  }

  /// The likelihood-ratio test of arm × covariate in a model of its own.
  private static func interactions(_ sample: SegmentSample) -> [ModelRow] {
    guard sample.data.rewards.allSatisfy({ (0...1).contains($0) }) else { return [] }
    let tests = HeterogeneityTest.perCovariate(
      of: sample.data, baseline: 0, adjustment: sample.plan.adjustment)
    return tests.map { test in
      var row = ModelRow(
        model: "arm * \(test.covariate)", outcome: sample.metric,
        family: ModelPlan.Family.logistic.rawValue, quantity: "interaction",
        term: "arm:\(test.covariate)", claim: sample.assignment.claim,
        estimate: .notAsked, level: sample.plan.level, sessions: sample.rows.count,
        method: "likelihood ratio; null: the odds ratios of the arms are the same for all",
        sample: sample.everybody, warnings: [sample.warning].compactMap(\.self))
      if sample.customersRepeat {
        row.warnings.append("sessions of one customer are taken as independent")
      }
      switch test.test {
      case .success(let ratio):
        (row.statistic, row.degreesOfFreedom) = (ratio.statistic, ratio.degreesOfFreedom)
        (row.pValue, row.adjustedPValue) = (ratio.pValue, test.adjustedPValue)
        row.adjustment =
          "\(sample.plan.adjustment.rawValue) over \(tests.count) covariates"
      case .failure(let error):
        row.estimate = Estimate(refusal: error.sentence { "column \($0 + 1)" })
      }
      return row
    }
  }

  private func verdict(_ level: Double) -> String? {
    let tested = rows.filter { $0.adjustedPValue != nil }
    guard !tested.isEmpty else { return nil }
    let found = tested.filter { ($0.adjustedPValue ?? 1) < 1 - level }
      .sorted { ($0.adjustedPValue ?? 1) < ($1.adjustedPValue ?? 1) }
    guard !found.isEmpty else {
      return "the difference between the arms is not shown to depend on any of \(tested.count) "
        + "covariates"
    }
    return "the difference between the arms depends on "
      + found.map { row in
        "\(row.term.dropFirst(4)) (adjusted p \(Decimals.pValue(row.adjustedPValue ?? 1)))"
      }.joined(separator: ", ")
  }

  /// Adjusts coefficients, but for the intercept, and joint tests, each over their like.
  private static func adjust(_ rows: inout [ModelRow], _ adjustment: Multiplicity) {
    for quantity in ["coefficient", "joint"] {
      let places = rows.indices.filter {
        rows[$0].quantity == quantity && rows[$0].term != RegressionTask.intercept
      }
      let adjusted = adjustment.adjust(places.map { rows[$0].pValue })
      let tested = adjusted.count { $0 != nil }
      for (place, p) in zip(places, adjusted) where p != nil {
        rows[place].adjustedPValue = p
        rows[place].adjustment = "\(adjustment.rawValue) over \(tested) \(quantity) rows"
      }
    }
  }
}
