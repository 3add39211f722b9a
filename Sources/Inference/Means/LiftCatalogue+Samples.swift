extension LiftCatalogue {
  /// The tests that compare two samples value by value.
  public static let samples: [Entry<[Double]>] = [
    Entry("mannWhitney") { (offer, control) throws(InferenceError) in
      try MannWhitneyTest(offer: ValueCounts(offer), control: ValueCounts(control))
    },
    Entry("permutation", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try PermutationTest(offer: offer, control: control, null: null)
    },
    Entry("yuen", scale: .difference) { (offer, control, null) throws(InferenceError) in
      DifferenceTest(
        try TrimmedMean().effect(offer: ValueCounts(offer), control: ValueCounts(control)),
        null: null)
    },
    Entry("winsorized", scale: .difference) { (offer, control, null) throws(InferenceError) in
      let (offer, control) = (ValueCounts(offer), ValueCounts(control))
      let thresholds = try Winsorization(upper: 0.99, of: offer, control)
      return DifferenceTest(try thresholds.effect(offer: offer, control: control), null: null)
    },
    Entry("median", scale: .difference) { (offer, control, null) throws(InferenceError) in
      let control = try QuantileEstimate(ValueCounts(control), probability: 0.5, arm: 0)
      let offer = try QuantileEstimate(ValueCounts(offer), probability: 0.5, arm: 1)
      return DifferenceTest(try .quantiles(offer: offer, control: control), null: null)
    },
  ]

  /// The tests that compare ratios of sums, by the moments of numerator and denominator.
  public static let ratios: [Entry<CrossMoments>] = [
    Entry("ratio", scale: .difference) { (offer, control, null) throws(InferenceError) in
      DifferenceTest(try RatioMetric.effect(offer: offer, control: control), null: null)
    },
    Entry("ratioLogLift", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try LogLiftTest(RatioMetric.effect(offer: offer, control: control), null: null)
    },
  ]

  /// The tests that compare means of sessions in clusters.
  public static let clusters: [Entry<ClusterSums>] = [
    Entry("clusterRobust", scale: .difference) { (offer, control, null) throws(InferenceError) in
      DifferenceTest(try ClusteredMeans.effect(offer: offer, control: control), null: null)
    },
    Entry("clusterLogLift", scale: .relativeLift) {
      (offer, control, null) throws(InferenceError) in
      try LogLiftTest(ClusteredMeans.effect(offer: offer, control: control), null: null)
    },
  ]
}
